// Keys of sites in the Key table.
import { Envelope, type KeyRecord, type SiteState } from '@sidemark/core/contract';
import type { Tx } from '../platform/database/database.ts';
import { keyRecordOf } from '../platform/keys/key-record.ts';

export interface FoundKey {
  readonly record: KeyRecord;
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly revokedAt: Date | null;
  /** the key that named this one; undefined for the key of an enrolment */
  readonly predecessor: string | undefined;
  /** undefined: a key of the coordinator itself */
  readonly site: { readonly id: string; readonly studyId: string; readonly state: SiteState } | undefined;
}

export async function findKey(tx: Tx, keyId: string): Promise<FoundKey | undefined> {
  const row = await tx.key.findUnique({ where: { keyId }, include: { site: true } });
  if (row === null) return undefined;
  const { validFrom, validUntil, revokedAt } = row;
  const predecessor =
    row.succession === null ? undefined : Envelope.parse(row.succession).signatures[0]?.keyid;
  const site = row.site ?? undefined;
  return { record: keyRecordOf(row), validFrom, validUntil, revokedAt, predecessor, site };
}

export interface NewSiteKey {
  readonly keyId: string;
  readonly publicKey: string;
  readonly siteId: string;
  readonly validFrom: Date;
}

export async function addSiteKey(tx: Tx, key: NewSiteKey): Promise<void> {
  await tx.key.create({ data: { ...key, role: 'site' } });
}

/**
 * Waits for whoever is changing or using the site's keys. To be called before the clock is read: a key may not end
 * before a report that it signed got its receipt.
 */
export async function lockKeysOf(tx: Tx, siteId: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Key" WHERE "siteId" = ${siteId}::uuid ORDER BY "keyId" FOR NO KEY UPDATE`;
}

/** A key that another of the site's has named; that one ends at `overlapUntil`. */
export async function succeedSiteKey(
  tx: Tx,
  oldKeyId: string,
  overlapUntil: Date,
  key: NewSiteKey & { readonly succession: Envelope },
): Promise<void> {
  await tx.key.update({ where: { keyId: oldKeyId }, data: { validUntil: overlapUntil } });
  await tx.key.create({ data: { ...key, role: 'site' } });
}

export async function revokeSiteKey(tx: Tx, keyId: string, at: Date): Promise<void> {
  await tx.key.update({ where: { keyId }, data: { revokedAt: at } });
}

export async function revokeKeysOf(tx: Tx, siteId: string, at: Date): Promise<void> {
  await tx.key.updateMany({ where: { siteId, revokedAt: null }, data: { revokedAt: at } });
}
