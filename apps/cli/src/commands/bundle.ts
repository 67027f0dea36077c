import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { action, addVerb } from '@sidemark/terminal';
import { call } from '../coordinator.client.ts';
import { bundleText, requireWrittenForm } from '../evidence/place.ts';
import { verifyBundle } from '../evidence/verify-bundle.ts';
import { readJsonText } from '../input/json-file.ts';
import { administratorVerb } from '../input/verb.ts';
import { bundleView } from '../views/bundle.view.ts';

export function registerBundle(program: Command): void {
  const bundle = program.command('bundle').description('The evidence of a run in one file');
  administratorVerb<{ out: string }, [string]>(
    bundle,
    'export <run>',
    'Write protocol, models, reports, receipts, keys, audit heads and analysis of a run',
    'sidemark bundle export RUN --out run.bundle.json',
    async ({ output, connection, options }, id) => {
      const exported = await call(connection, 'exportBundle', { params: { id } });
      await writeFile(options.out, bundleText(exported));
      const { reports, audit } = exported.statement;
      output.result(
        { file: options.out, reports: reports.length, auditHead: audit.head },
        `written to ${options.out}: ${reports.length} reports, audit head ${audit.head}`,
      );
    },
  ).requiredOption('--out <file>', 'file to write');
  addVerb(
    bundle,
    'verify <file>',
    'Verify an exported bundle off-line and pool its reports again',
    'sidemark bundle verify run.bundle.json --fingerprint 5f3c...',
  )
    .requiredOption('--fingerprint <hex>', 'SHA-256 of the trial’s release key, as in every kit')
    .action(
      action(async (output, file: string, options: { fingerprint: string }) => {
        const { text, value } = await readJsonText(file);
        const verified = verifyBundle(value, options.fingerprint);
        requireWrittenForm(text, value);
        output.result(verified, bundleView(verified));
      }),
    );
}
