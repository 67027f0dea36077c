// Wrong passwords in a row, by the hash of the name: also of names that nobody has, which must not be told apart.
import type { Tx } from '../platform/database/database.ts';

export interface Failures {
  readonly failures: number;
  readonly lockedUntil: Date | null;
  readonly lastAt: Date;
}

/** The name's row, held until the transaction ends. */
export async function lockFailures(tx: Tx, nameHash: string, now: Date): Promise<Failures> {
  await tx.$executeRaw`INSERT INTO "SignInFailure" ("nameHash", "failures", "lastAt") VALUES (${nameHash}, 0, ${now}) ON CONFLICT DO NOTHING`;
  await tx.$queryRaw`SELECT 1 FROM "SignInFailure" WHERE "nameHash" = ${nameHash} FOR UPDATE`;
  return tx.signInFailure.findUniqueOrThrow({ where: { nameHash } });
}

export async function setFailures(tx: Tx, nameHash: string, data: Failures): Promise<void> {
  await tx.signInFailure.update({ where: { nameHash }, data });
}

export async function forgetFailures(tx: Tx, nameHash: string): Promise<void> {
  await tx.signInFailure.deleteMany({ where: { nameHash } });
}

export async function forgetOldFailures(tx: Tx, before: Date): Promise<void> {
  await tx.signInFailure.deleteMany({ where: { lastAt: { lt: before } } });
}
