import type { Command } from 'commander';
import type { AuditEntry, AuditVerdict } from '@sidemark/core/contract';
import { isDomainError } from '@sidemark/core/errors';
import { exitCodes, table } from '@sidemark/terminal';
import type { Connection } from '../config.ts';
import { call } from '../coordinator.client.ts';
import { judgeLog, type LogVerdict, readWitnesses } from '../evidence/audit-witnesses.ts';
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
  administratorVerb<{ receipts?: string }>(
    audit,
    'verify',
    'Walk the hash chain, and compare it with the heads that sites hold in their receipts',
    'sidemark audit verify --receipts receipts',
    async ({ output, connection, options }) => {
      const verdict = await call(connection, 'verifyAudit');
      if (options.receipts === undefined) {
        output.result(verdict, chainLine(verdict));
        if (verdict.firstBroken !== null) process.exitCode = exitCodes.refused;
        return;
      }
      const witnesses = await readWitnesses(options.receipts);
      const judged = judgeLog(await wholeLog(connection), witnesses);
      const firstBroken = judged.firstBroken ?? verdict.firstBroken;
      output.result({ ...judged, firstBroken }, witnessView({ ...judged, firstBroken }));
      if (firstBroken !== null || judged.contradicted.length > 0) process.exitCode = exitCodes.refused;
    },
  ).option('--receipts <dir>', 'folder of receipts as sites keep them, or of exported bundles');
}

function chainLine({ entries, head, firstBroken }: AuditVerdict): string {
  if (firstBroken === null) return `the chain holds: ${entries} entries, head ${head}`;
  return `the chain is broken at entry ${firstBroken}`;
}

function witnessView(verdict: LogVerdict): string {
  const { witnesses, contradicted } = verdict;
  const lines = contradicted.map(({ file, auditHead, reason }) => `  ${file}: head ${auditHead}: ${reason}`);
  const all = `all ${witnesses} heads written down by others are in it`;
  const some = `${contradicted.length} of ${witnesses} heads written down by others are not in it: it was rewritten`;
  return [chainLine(verdict), lines.length === 0 ? all : some, ...lines].join('\n');
}

/** Every entry that still reads as one; the walk ends where the log does. */
async function wholeLog(connection: Connection): Promise<AuditEntry[]> {
  const log: AuditEntry[] = [];
  for (;;) {
    const query = { after: String(log.at(-1)?.sequence ?? 0) };
    const page = await call(connection, 'listAudit', { query }).catch((error: unknown) => {
      if (isDomainError(error)) throw error;
      return [];
    });
    if (page.length === 0) return log;
    log.push(...page);
  }
}
