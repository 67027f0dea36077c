// The coordinator's own keys in the Key table, and the release key's lists of them.
import { Envelope, type KeyRecord } from '@sidemark/core/contract';
import type { Tx } from '../database/database.ts';
import { keyRecordOf } from './key-record.ts';

/** The release key that this database rests on, the newest where there were several. */
export async function findReleaseKey(tx: Tx): Promise<KeyRecord | undefined> {
  const row = await tx.key.findFirst({ where: { role: 'release' }, orderBy: { validFrom: 'desc' } });
  return row === null ? undefined : keyRecordOf(row);
}

/** On-line keys that were recorded before there was a list of them. */
export async function onlineKeys(tx: Tx): Promise<KeyRecord[]> {
  const rows = await tx.key.findMany({ where: { role: 'online' }, orderBy: { validFrom: 'asc' } });
  return rows.map(keyRecordOf);
}

/** Writes keys as they stand in a record: made where they are new, ended or revoked where they are not. */
export async function recordKeys(tx: Tx, keys: readonly KeyRecord[]): Promise<void> {
  for (const { keyId, ...key } of keys) {
    const { validUntil, revokedAt } = key;
    await tx.key.upsert({
      where: { keyId },
      create: { keyId, ...key },
      update: { validUntil, revokedAt },
    });
  }
}

/** Every delegation ever adopted, in the order of their numbers. */
export async function delegations(tx: Tx): Promise<Envelope[]> {
  const rows = await tx.delegation.findMany({ orderBy: { number: 'asc' } });
  return rows.map(({ envelope }) => Envelope.parse(envelope));
}

export async function newestDelegation(tx: Tx): Promise<Envelope | undefined> {
  const row = await tx.delegation.findFirst({ orderBy: { number: 'desc' } });
  return row === null ? undefined : Envelope.parse(row.envelope);
}

/** @throws DomainError `already-exists` where this number was taken meanwhile */
export async function addDelegation(
  tx: Tx,
  number: number,
  envelope: Envelope,
  createdAt: Date,
): Promise<void> {
  await tx.delegation.create({ data: { number, envelope, createdAt } });
}
