// The Account table.
import type { Account, AccountRole, AccountState } from '@sidemark/core/contract';
import type { Account as Row } from '@sidemark/prisma/client';
import type { Tx } from '../platform/database/database.ts';

/** With what nobody is told. */
export interface StoredAccount extends Account {
  readonly passwordHash: string | null;
}

function accountOf(row: Row): StoredAccount {
  const { id, name, role, state, passwordHash } = row;
  return {
    ...{ id, name, role, state, passwordHash },
    createdAt: row.createdAt.toISOString(),
    lastSignInAt: row.lastSignInAt?.toISOString() ?? null,
    invitedUntil: row.linkExpiresAt?.toISOString() ?? null,
  };
}

export function shown({ passwordHash: _, ...account }: StoredAccount): Account {
  return account;
}

export interface NewAccount {
  readonly id: string;
  readonly name: string;
  readonly role: AccountRole;
  readonly state: AccountState;
  readonly passwordHash?: string;
  readonly createdAt: Date;
}

/** @throws DomainError `already-exists` (through Database) for a name that is taken. */
export async function addAccount(tx: Tx, account: NewAccount): Promise<StoredAccount> {
  return accountOf(await tx.account.create({ data: account }));
}

export async function findAccount(tx: Tx, id: string): Promise<StoredAccount | undefined> {
  const row = await tx.account.findUnique({ where: { id } });
  return row === null ? undefined : accountOf(row);
}

export async function findAccountByName(tx: Tx, name: string): Promise<StoredAccount | undefined> {
  const row = await tx.account.findUnique({ where: { name } });
  return row === null ? undefined : accountOf(row);
}

export async function findAccountByLink(
  tx: Tx,
  linkHash: string,
  now: Date,
): Promise<StoredAccount | undefined> {
  const row = await tx.account.findUnique({ where: { linkHash, linkExpiresAt: { gt: now } } });
  return row === null ? undefined : accountOf(row);
}

export async function allAccounts(tx: Tx): Promise<StoredAccount[]> {
  return (await tx.account.findMany({ orderBy: { name: 'asc' } })).map(accountOf);
}

export async function countAccounts(tx: Tx): Promise<number> {
  return tx.account.count();
}

/** Administrators who can sign in. */
export async function countAdministrators(tx: Tx): Promise<number> {
  return tx.account.count({ where: { role: 'administrator', state: 'active' } });
}

/** Makes those who change accounts wait for each other, so that two cannot disable each other. */
export async function lockAccounts(tx: Tx): Promise<void> {
  await tx.$executeRaw`LOCK TABLE "Account" IN SHARE ROW EXCLUSIVE MODE`;
}

export interface AccountChange {
  readonly role?: AccountRole;
  readonly state?: AccountState;
  readonly passwordHash?: string | null;
  readonly linkHash?: string | null;
  readonly linkExpiresAt?: Date | null;
  readonly lastSignInAt?: Date;
}

export async function changeAccount(tx: Tx, id: string, data: AccountChange): Promise<StoredAccount> {
  return accountOf(await tx.account.update({ where: { id }, data }));
}
