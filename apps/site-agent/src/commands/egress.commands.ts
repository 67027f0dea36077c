// `sidemark egress ...`: what left this site, to read and to verify.
import { DomainError } from '@sidemark/core/errors';
import { action, addVerb, table, usageError, type Output } from '@sidemark/terminal';
import type { Command } from 'commander';
import type { LedgerContent } from '../egress/ledger-entry.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { judgeLedger } from '../egress/ledger-verdict.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { openData, withData, type DataOption } from './data-option.ts';

export function registerEgressCommands(program: Command): void {
  const egress = program.command('egress').description('The ledger of every byte that left this site');
  withData(addVerb(egress, 'log', 'What left, line by line', 'sidemark egress log')).action(
    action((output, options: DataOption) => log(output, options)),
  );
  withData(addVerb(egress, 'show <n>', 'One entry with its whole payload', 'sidemark egress show 12')).action(
    action((output, n: string, options: DataOption) => show(output, n, options)),
  );
  withData(
    addVerb(
      egress,
      'verify',
      'Walk the hash chain, and look for every acknowledged report',
      'sidemark egress verify',
    ),
  ).action(action((output, options: DataOption) => verify(output, options)));
}

const inFile = ({ carried }: { readonly carried?: true | undefined }): string =>
  carried ? ', in a file' : '';

/** An entry in a few words. */
export function gistOf(content: LedgerContent): { bytes: number; gist: string } {
  switch (content.kind) {
    case 'enrolment':
      return {
        bytes: content.bytes,
        gist: content.carried
          ? `site ${content.statement.site}, in a file`
          : `site ${content.statement.site} and a token`,
      };
    case 'key-rotation':
      return { bytes: content.bytes, gist: `next site key ${content.statement.newKeyId.slice(0, 16)}` };
    case 'job-state':
      return {
        bytes: content.bytes,
        gist: `job ${content.job} ${content.change.state} ${content.change.code ?? ''}`.trimEnd(),
      };
    case 'report':
      return {
        bytes: content.bytes,
        gist: `job ${content.report.header.job} report ${content.report.header.sequence}${inFile(content)}`,
      };
    case 'qualification': {
      const { job, sequence } = content.report.header;
      return { bytes: content.bytes, gist: `job ${job} answers ${sequence} to phantoms${inFile(content)}` };
    }
    case 'report-again':
      return {
        bytes: content.bytes,
        gist: `payload ${content.payloadDigest.slice(0, 16)} once more${inFile(content)}`,
      };
    case 'presence':
      return {
        bytes: content.messages.reduce((sum, { bytes }) => sum + bytes, 0),
        gist: content.messages.map(({ kind, count }) => `${count} ${kind}`).join(', '),
      };
  }
}

async function log(output: Output, options: DataOption): Promise<void> {
  const { directory } = await openData(options);
  const entries = await new LedgerStore(directory.ledger).entries();
  const rows = entries.map(({ sequence, content }) => {
    const { bytes, gist } = gistOf(content);
    return [String(sequence), content.at, content.kind, String(bytes), gist];
  });
  const text =
    rows.length === 0
      ? 'Nothing has left this site.'
      : table(['n', 'at', 'kind', 'bytes', 'what'], rows, ['right', 'left', 'left', 'right']);
  output.result(entries, text);
}

async function show(output: Output, n: string, options: DataOption): Promise<void> {
  if (!/^\d+$/.test(n)) throw usageError('N is the number of an entry in `sidemark egress log`');
  const { directory } = await openData(options);
  const entry = (await new LedgerStore(directory.ledger).entries()).at(Number(n) - 1);
  if (entry === undefined || entry.sequence !== Number(n))
    throw new DomainError('not-found', { entry: Number(n) });
  output.result(entry, JSON.stringify(entry, null, 2));
}

async function verify(output: Output, options: DataOption): Promise<void> {
  const { directory } = await openData(options);
  const acknowledged = (await new OutboxStore(directory).receipts()).map(({ item }) => item.payloadDigest);
  const verdict = judgeLedger(await new LedgerStore(directory.ledger).lines(), acknowledged);
  if (verdict.firstBroken !== null || verdict.missingReports.length > 0) {
    throw new DomainError('ledger-broken', {
      firstBroken: verdict.firstBroken ?? 0,
      missingReports: verdict.missingReports,
    });
  }
  output.result(verdict, `The chain holds: ${verdict.entries} entries, head ${verdict.head}`);
}
