// The key behind a report's signature and the site behind a session, as their tables know them now: also a revoked
// key, since a stored report is answered whatever has become of its key.
import type { KeyRecord, KeyRole, SiteState } from '@sidemark/core/contract';
import type { Tx } from '../../platform/database/database.ts';

export interface Signer {
  readonly keyId: string;
  readonly publicKey: Uint8Array;
  readonly role: KeyRole;
  /** null: a key of the coordinator itself */
  readonly siteId: string | null;
  readonly validFrom: Date;
  readonly validUntil: Date | null;
  readonly revokedAt: Date | null;
}

export async function findSigner(tx: Tx, keyId: string): Promise<Signer | undefined> {
  const row = await tx.key.findUnique({ where: { keyId } });
  return row ? { ...row, publicKey: Buffer.from(row.publicKey, 'base64') } : undefined;
}

/** Keeps the key as it is until the transaction ends: it is judged now, and its receipt follows. */
export async function holdSigner(tx: Tx, keyId: string): Promise<Signer | undefined> {
  await tx.$queryRaw`SELECT 1 FROM "Key" WHERE "keyId" = ${keyId} FOR SHARE`;
  return findSigner(tx, keyId);
}

/** The contract's record of a signer. */
export function recordOf({ keyId, publicKey, role, ...key }: Signer): KeyRecord {
  return {
    keyId,
    publicKey: Buffer.from(publicKey).toString('base64'),
    role,
    validFrom: key.validFrom.toISOString(),
    validUntil: key.validUntil?.toISOString() ?? null,
    revokedAt: key.revokedAt?.toISOString() ?? null,
  };
}

export async function siteStanding(
  tx: Tx,
  id: string,
): Promise<{ id: string; study: string; state: SiteState }> {
  const { studyId, state } = await tx.site.findUniqueOrThrow({ where: { id } });
  return { id, study: studyId, state };
}
