import type { Command } from 'commander';
import { table } from '@sidemark/terminal';
import { call } from '../coordinator.client.ts';
import { administratorVerb } from '../input/verb.ts';

export function registerAudit(program: Command): void {
  const audit = program.command('audit').description('The hash-chained log of every state change');
  administratorVerb<{ after?: string }>(
    audit,
    'list',
    'List entries',
    'sidemark audit list --after 100',
    async ({ output, connection, options }) => {
      const entries = await call(connection, 'listAudit', { query: { after: options.after ?? '0' } });
      const rows = entries.map((e) => [
        `${e.sequence}`,
        e.content.at,
        e.content.actor,
        e.content.action,
        e.content.subject,
        e.hash.slice(0, 12),
      ]);
      output.result(entries, table(['no.', 'at', 'actor', 'action', 'subject', 'hash'], rows, ['right']));
    },
  ).option('--after <n>', 'entries after this number', '0');
  administratorVerb(
    audit,
    'verify',
    'Walk the hash chain',
    'sidemark audit verify',
    async ({ output, connection }) => {
      const verdict = await call(connection, 'verifyAudit');
      const text =
        verdict.firstBroken === null
          ? `the chain holds: ${verdict.entries} entries, head ${verdict.head}`
          : `the chain is broken at entry ${verdict.firstBroken}`;
      output.result(verdict, text);
      if (verdict.firstBroken !== null) process.exitCode = 3;
    },
  );
}
