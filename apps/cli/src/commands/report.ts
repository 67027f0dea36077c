import { writeFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { action, addVerb, table } from '@sidemark/terminal';
import { call } from '../coordinator.client.ts';
import { verifyReport } from '../verify-report.ts';
import { readJson } from '../input/json-file.ts';
import { administratorVerb } from '../input/verb.ts';

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
  administratorVerb<{ out?: string }, [string]>(
    report,
    'export <digest>',
    'Write a report with everything a stranger needs to verify it',
    'sidemark report export DIGEST --out report.json',
    async ({ output, connection, options }, digest) => {
      const bundle = await call(connection, 'showReport', { params: { digest } });
      if (options.out === undefined) return output.result(bundle, JSON.stringify(bundle, null, 2));
      await writeFile(options.out, `${JSON.stringify(bundle, null, 2)}\n`);
      output.result({ file: options.out }, `written to ${options.out}`);
    },
  ).option('--out <file>', 'file to write; standard output when absent');
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
