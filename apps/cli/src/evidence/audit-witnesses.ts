// What others wrote down of the audit log while it grew: the head in every receipt that a site keeps, and the heads in
// exported bundles. A log that was rewritten cannot contain them any more.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { type AuditEntry, Envelope, Receipt, RunBundle, readWith } from '@sidemark/core/contract';
import { chainStart, linkHash } from '@sidemark/core/signing';
import { usageError } from '@sidemark/terminal';
import { z } from 'zod';
import { readJson } from '../input/json-file.ts';
import { parseJson } from '../verify-report.ts';

export interface Witness {
  readonly file: string;
  /** hash of an entry that the log had */
  readonly auditHead: string;
  /** the report that the entry accepted; null where the witness does not say */
  readonly payloadDigest: string | null;
  /** number of that entry; null where the witness does not say */
  readonly sequence: number | null;
}

export interface LogVerdict {
  readonly entries: number;
  readonly head: string;
  /** sequence of the first entry that does not fit the chain */
  readonly firstBroken: number | null;
  readonly witnesses: number;
  readonly contradicted: readonly (Witness & { readonly reason: string })[];
}

/** As the site agent keeps it under receipts/. */
const ReceiptFile = z.looseObject({ schema: z.literal('sidemark.receipt-file/1'), receipt: Envelope });

/**
 * Reads every .json file of a folder: receipts as a site agent keeps them, and exported bundles. Their signatures are
 * not checked here: a site checks a receipt before it keeps it, `sidemark bundle verify` a bundle.
 * @throws DomainError `usage` for a folder without such files, or a file that is neither.
 */
export async function readWitnesses(folder: string): Promise<Witness[]> {
  const names = await readdir(folder).catch(() => {
    throw usageError(`the folder cannot be read: ${folder}`);
  });
  const files = names.filter((name) => name.endsWith('.json')).sort();
  if (files.length === 0) throw usageError(`no receipts (.json) in ${folder}`);
  const found = files.map(async (file) => witnessesIn(file, await readJson(join(folder, file))));
  return (await Promise.all(found)).flat();
}

function witnessesIn(file: string, value: unknown): Witness[] {
  const bundle = readWith(RunBundle, value);
  if (bundle.success) {
    const { count, head } = bundle.data.statement.audit;
    const receipts = bundle.data.reports.map(({ receipt }) => witnessOf(file, receipt));
    return [...receipts, { file, auditHead: head, payloadDigest: null, sequence: count }];
  }
  const kept = readWith(ReceiptFile, value);
  if (!kept.success) throw usageError(`${file} is neither a receipt of a site nor an exported bundle`);
  return [witnessOf(file, kept.data.receipt)];
}

function witnessOf(file: string, envelope: Envelope): Witness {
  const receipt = readWith(Receipt, parseJson(Buffer.from(envelope.payload, 'base64')));
  if (!receipt.success) throw usageError(`${file} holds no receipt`);
  const { auditHead, payloadDigest } = receipt.data;
  return { file, auditHead, payloadDigest, sequence: null };
}

/** Walks the chain from its start, then looks for every witness in the part that holds. */
export function judgeLog(log: readonly AuditEntry[], witnesses: readonly Witness[]): LogVerdict {
  let [count, head] = [0, chainStart];
  const holding = new Map<string, AuditEntry>();
  let firstBroken: number | null = null;
  for (const entry of log) {
    const { sequence, previous, hash, content } = entry;
    if (sequence !== count + 1 || previous !== head || hash !== linkHash(head, content)) {
      firstBroken = sequence;
      break;
    }
    holding.set(hash, entry);
    [count, head] = [sequence, hash];
  }
  const contradicted = witnesses.flatMap((witness) => {
    const reason = contradiction(witness, holding.get(witness.auditHead));
    return reason === undefined ? [] : [{ ...witness, reason }];
  });
  return { entries: count, head, firstBroken, witnesses: witnesses.length, contradicted };
}

function contradiction(witness: Witness, entry: AuditEntry | undefined): string | undefined {
  if (entry === undefined) return 'the log has no such entry any more';
  const { payloadDigest, sequence } = witness;
  if (payloadDigest !== null && entry.content.details['payloadDigest'] !== payloadDigest)
    return `entry ${entry.sequence} accepted another report`;
  if (sequence !== null && entry.sequence !== sequence) return `the entry is number ${entry.sequence} now`;
  return undefined;
}
