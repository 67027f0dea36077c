// The audit table. Appending takes a lock, so that the chain has one head however many requests are in flight.
import type { AuditContent, AuditEntry } from '@sidemark/core/contract';
import { chainStart, linkHash } from '@sidemark/core/signing';
import type { AuditEntry as Row } from '@sidemark/prisma/client';
import type { Tx } from '../platform/database/database.ts';

/** Any number will do, as long as every coordinator takes the same one. */
const auditLock = 7_130_002;

function entryOf(row: Row): AuditEntry {
  return { ...row, content: row.content as AuditContent };
}

async function newest(tx: Tx): Promise<{ sequence: number; hash: string }> {
  const row = await tx.auditEntry.findFirst({
    orderBy: { sequence: 'desc' },
    select: { sequence: true, hash: true },
  });
  return row ?? { sequence: 0, hash: chainStart };
}

/** Adds the next link; call it last in a transaction, since it makes the others wait. */
export async function appendEntry(tx: Tx, content: AuditContent): Promise<AuditEntry> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(${auditLock})`;
  const head = await newest(tx);
  const hash = linkHash(head.hash, content);
  return entryOf(
    await tx.auditEntry.create({ data: { sequence: head.sequence + 1, previous: head.hash, hash, content } }),
  );
}

/** Number of links and hash of the newest. */
export async function chainState(tx: Tx): Promise<{ count: number; head: string }> {
  const { sequence, hash } = await newest(tx);
  return { count: sequence, head: hash };
}

export async function entriesByHash(tx: Tx, hashes: readonly string[]): Promise<AuditEntry[]> {
  const rows = await tx.auditEntry.findMany({ where: { hash: { in: [...hashes] } } });
  return rows.map(entryOf);
}

/** Hash of the newest link; the chain's start when there is none. */
export async function headHash(tx: Tx): Promise<string> {
  return (await newest(tx)).hash;
}

export async function entriesAfter(tx: Tx, sequence: number, limit: number): Promise<AuditEntry[]> {
  const rows = await tx.auditEntry.findMany({
    where: { sequence: { gt: sequence } },
    orderBy: { sequence: 'asc' },
    take: limit,
  });
  return rows.map(entryOf);
}
