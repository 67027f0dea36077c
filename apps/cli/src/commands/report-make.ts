// `sidemark report make`: the report of a run for people, as PDF and HTML, from the coordinator or from a bundle alone.
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Command } from 'commander';
import { Id, RunBundle } from '@sidemark/core/contract';
import { sha256 } from '@sidemark/core/signing';
import { action, addVerb, table, usageError } from '@sidemark/terminal';
import { htmlReport, runDocument } from '@sidemark/run-report';
import { connectionFrom, type ConnectionOptions } from '../config.ts';
import { call } from '../coordinator.client.ts';
import { readJson } from '../input/json-file.ts';
import { withConnection } from '../input/verb.ts';

interface MakeOptions extends ConnectionOptions {
  readonly out: string;
}

export function registerReportMake(report: Command): void {
  const verb = addVerb(
    report,
    'make <run-or-bundle>',
    'Write the report of a run for the trial master file, as PDF and as HTML; from a bundle no coordinator is asked',
    'sidemark report make RUN --out reports\n  $ sidemark report make run.bundle.json --out reports',
  );
  withConnection(verb)
    .requiredOption('--out <dir>', 'folder to write run-RUN.pdf and run-RUN.html into')
    .action(
      action(async (output, what: string, options: MakeOptions) => {
        const bundle = await bundleOf(what, options);
        const document = runDocument(bundle);
        // the PDF writer is loaded by nobody who needs none
        const { pdfReport } = await import('@sidemark/run-report/pdf');
        const name = `run-${bundle.statement.run}`;
        const files = [
          { file: join(options.out, `${name}.pdf`), bytes: await pdfReport(document) },
          { file: join(options.out, `${name}.html`), bytes: Buffer.from(htmlReport(document)) },
        ];
        await mkdir(options.out, { recursive: true });
        for (const { file, bytes } of files) await writeFile(file, bytes);
        const written = files.map(({ file, bytes }) => ({ file, sha256: sha256(bytes) }));
        output.result(
          written,
          table(
            ['file', 'SHA-256'],
            written.map((one) => [one.file, one.sha256]),
          ),
        );
      }),
    );
}

/** @throws DomainError `usage` when the file is no bundle, or those of `call` */
async function bundleOf(what: string, options: MakeOptions): Promise<RunBundle> {
  if (Id.safeParse(what).success)
    return call(connectionFrom(options), 'exportBundle', { params: { id: what } });
  const parsed = RunBundle.safeParse(await readJson(what));
  if (!parsed.success) throw usageError(`${what} is not a bundle: sidemark bundle export RUN --out ${what}`);
  return parsed.data;
}
