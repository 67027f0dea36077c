// Administrator tokens and site sessions, by hash.
import type { Key, Site } from '@sidemark/prisma/client';
import type { Tx } from '../platform/database/database.ts';

export async function hasAdministratorToken(tx: Tx): Promise<boolean> {
  return (await tx.administratorToken.count()) > 0;
}

export async function addAdministratorToken(tx: Tx, tokenHash: string, at: Date): Promise<void> {
  await tx.administratorToken.create({ data: { tokenHash, createdAt: at } });
}

export async function isLiveAdministratorToken(tx: Tx, tokenHash: string): Promise<boolean> {
  const row = await tx.administratorToken.findUnique({ where: { tokenHash } });
  return row !== null && row.revokedAt === null;
}

export interface StoredSession {
  readonly siteId: string;
  readonly keyId: string;
  readonly expiresAt: Date;
  readonly site: Site;
  readonly key: Key;
}

export async function addSession(
  tx: Tx,
  session: { tokenHash: string; siteId: string; keyId: string; expiresAt: Date },
): Promise<void> {
  await tx.siteSession.create({ data: session });
}

export async function findSession(tx: Tx, tokenHash: string): Promise<StoredSession | null> {
  return tx.siteSession.findUnique({ where: { tokenHash }, include: { site: true, key: true } });
}

export async function deleteExpiredSessions(tx: Tx, now: Date): Promise<void> {
  await tx.siteSession.deleteMany({ where: { expiresAt: { lt: now } } });
}
