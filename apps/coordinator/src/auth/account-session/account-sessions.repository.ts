// Rows of people's sessions; cookies are known by their hash only.
import type { Account, AccountSession } from '@sidemark/prisma/client';
import type { Tx } from '../../platform/database/database.ts';

export type StoredAccountSession = AccountSession & { readonly account: Account };

export async function addAccountSession(
  tx: Tx,
  session: Omit<AccountSession, 'previousHash'>,
): Promise<void> {
  await tx.accountSession.create({ data: session });
}

/** By the cookie in use, or by the one before it. */
export async function findAccountSession(tx: Tx, hash: string): Promise<StoredAccountSession | null> {
  const where = { OR: [{ tokenHash: hash }, { previousHash: hash }] };
  return tx.accountSession.findFirst({ where, include: { account: true } });
}

/** @returns false when another request has changed the cookie meanwhile */
export async function rotateAccountSession(
  tx: Tx,
  { id, tokenHash }: StoredAccountSession,
  next: { tokenHash: string; previousHash: string; at: Date },
): Promise<boolean> {
  const { at, ...hashes } = next;
  const data = { ...hashes, rotatedAt: at, seenAt: at };
  return (await tx.accountSession.updateMany({ where: { id, tokenHash }, data })).count === 1;
}

export async function noteAccountSession(
  tx: Tx,
  { id, tokenHash }: StoredAccountSession,
  { at, forgetPrevious }: { at: Date; forgetPrevious: boolean },
): Promise<void> {
  const data = { seenAt: at, ...(forgetPrevious ? { previousHash: null } : {}) };
  await tx.accountSession.updateMany({ where: { id, tokenHash }, data });
}

export async function endAccountSession(tx: Tx, id: string): Promise<void> {
  await tx.accountSession.deleteMany({ where: { id } });
}

export async function endSessionsOf(tx: Tx, accountId: string): Promise<void> {
  await tx.accountSession.deleteMany({ where: { accountId } });
}

export async function deleteExpiredAccountSessions(tx: Tx, now: Date): Promise<void> {
  await tx.accountSession.deleteMany({ where: { expiresAt: { lt: now } } });
}
