import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { CarriedReport, Id } from '@sidemark/core/contract';
import { action, addVerb, table, usageError } from '@sidemark/terminal';
import { readCarried, writeCarried } from '../carried/carried-file.ts';
import { connectionFrom, type ConnectionOptions } from '../config.ts';
import { call } from '../coordinator.client.ts';
import { verifyReport } from '../verify-report.ts';
import { readJson } from '../input/json-file.ts';
import { administratorVerb, withConnection } from '../input/verb.ts';
import { optionArguments, runApp } from './delegate.ts';
import { registerReportMake } from './report-make.ts';

interface ExportOptions extends ConnectionOptions {
  readonly out?: string;
  readonly data?: string;
  readonly answers?: boolean;
  readonly json?: boolean;
}

export function registerReport(program: Command): void {
  const report = program.command('report').description('Signed aggregates of the sites');
  administratorVerb<object, [string]>(
    report,
    'list <run>',
    'Reports of a run',
    'sidemark report list RUN',
    async ({ output, connection }, id) => {
      const { reports, missingSequences } = await call(connection, 'listReports', { params: { id } });
      const rows = reports.map((r) => [r.site, `${r.sequence}`, r.state, r.receivedAt, r.payloadDigest]);
      const missing = missingSequences.map(
        (m) => `site ${m.site}: numbers ${m.sequences.join(', ')} never arrived`,
      );
      output.result(
        { reports, missingSequences },
        [table(['site', 'sequence', 'state', 'received', 'payload digest'], rows), ...missing].join('\n'),
      );
    },
  );
  registerExport(report);
  registerReportMake(report);
  registerImport(report);
  addVerb(
    report,
    'verify <file>',
    'Verify an exported report off-line',
    'sidemark report verify report.json --fingerprint 5f3c...',
  )
    .requiredOption('--fingerprint <hex>', 'SHA-256 of the trial’s release key, as in every kit')
    .action(
      action(async (output, file: string, options: { fingerprint: string }) => {
        const verified = verifyReport(await readJson(file), options.fingerprint);
        const lines = verified.steps.map((step) => `  ok  ${step}`);
        output.result(
          verified,
          [`report ${verified.payloadDigest}`, ...lines, `received ${verified.receivedAt}`].join('\n'),
        );
      }),
    );
}

/** One word, two doors: a digest names a report at the trial office, a job the report that waits at a site. */
function registerExport(report: Command): void {
  const verb = addVerb(
    report,
    'export <digest-or-job> [file]',
    'Trial office: DIGEST, a report with all that a stranger needs to verify it. Hospital: JOB FILE, a report to carry out',
    'sidemark report export DIGEST --out report.json\n  $ sidemark report export JOB north.report',
  );
  withConnection(verb)
    .option('--out <file>', 'DIGEST: file to write; standard output when absent')
    .option('--answers', 'JOB: the answers to the pack of phantoms instead of the report')
    .option('--data <dir>', 'JOB: data directory of the agent (SIDEMARK_AGENT_DATA, .data/site-agent)')
    .action(
      action(async (output, what: string, file: string | undefined, options: ExportOptions) => {
        if (Id.safeParse(what).success) return carryOut(what, file, options);
        const bundle = await call(connectionFrom(options), 'showReport', { params: { digest: what } });
        if (options.out === undefined) return output.result(bundle, JSON.stringify(bundle, null, 2));
        await writeFile(options.out, `${JSON.stringify(bundle, null, 2)}\n`);
        output.result({ file: options.out }, `written to ${options.out}`);
      }),
    );
}

async function carryOut(
  job: string,
  file: string | undefined,
  { data, answers, json }: ExportOptions,
): Promise<void> {
  if (file === undefined) throw usageError('name the file to write: sidemark report export JOB FILE');
  await runApp('site-agent', ['report', 'export', job, file, ...optionArguments({ data, answers, json })]);
}

function registerImport(report: Command): void {
  administratorVerb<{ receipt: string }, [string]>(
    report,
    'import <file>',
    'Submit a report that was carried here; writes the receipt to carry back (trial office)',
    'sidemark report import north.report --receipt north.receipt',
    async ({ output, connection, options }, file) => {
      const carried = await readCarried(file, CarriedReport);
      const receipt = await call(connection, 'importReport', { body: carried });
      await writeCarried(options.receipt, receipt);
      output.result(
        { file, receipt: options.receipt },
        `accepted; the receipt is in ${options.receipt}\n` +
          `Carry it back; the hospital's IT runs: sidemark receipt import ${options.receipt}`,
      );
    },
  ).requiredOption('--receipt <file>', 'where to write the signed receipt');
}
