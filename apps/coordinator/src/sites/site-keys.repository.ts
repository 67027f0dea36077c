// Keys of sites in the Key table.
import type { KeyRecord, SiteState } from '@sidemark/core/contract';
import type { Tx } from '../platform/database/database.ts';
import { keyRecordOf } from '../platform/keys/key-record.ts';

export interface FoundKey {
  readonly record: KeyRecord;
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly revokedAt: Date | null;
  /** undefined: a key of the coordinator itself */
  readonly site: { readonly id: string; readonly studyId: string; readonly state: SiteState } | undefined;
}

export async function findKey(tx: Tx, keyId: string): Promise<FoundKey | undefined> {
  const row = await tx.key.findUnique({ where: { keyId }, include: { site: true } });
  if (row === null) return undefined;
  const { validFrom, validUntil, revokedAt } = row;
  return { record: keyRecordOf(row), validFrom, validUntil, revokedAt, site: row.site ?? undefined };
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

export async function revokeKeysOf(tx: Tx, siteId: string, at: Date): Promise<void> {
  await tx.key.updateMany({ where: { siteId, revokedAt: null }, data: { revokedAt: at } });
}
