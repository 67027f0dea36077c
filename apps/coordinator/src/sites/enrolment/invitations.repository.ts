// One-time enrolment tokens, by hash.
import type { Tx } from '../../platform/database/database.ts';

export interface StoredInvitation {
  readonly id: string;
  readonly tokenHash: string;
  readonly expiresAt: Date;
  readonly usedAt: Date | null;
  readonly site: { readonly id: string; readonly studyId: string };
}

export interface NewInvitation {
  readonly id: string;
  readonly siteId: string;
  readonly tokenHash: string;
  readonly expiresAt: Date;
  readonly createdAt: Date;
}

export async function addInvitation(tx: Tx, invitation: NewInvitation): Promise<void> {
  await tx.invitation.create({ data: invitation });
}

export async function findInvitation(tx: Tx, id: string): Promise<StoredInvitation | undefined> {
  return (await tx.invitation.findUnique({ where: { id }, include: { site: true } })) ?? undefined;
}

/** Kits given before are worth nothing once there is a new one. */
export async function expireInvitationsOf(tx: Tx, siteId: string, at: Date): Promise<void> {
  await tx.invitation.updateMany({
    where: { siteId, usedAt: null, expiresAt: { gt: at } },
    data: { expiresAt: at },
  });
}

/** Marks the token used. @returns false when somebody was faster. */
export async function useInvitation(tx: Tx, id: string, at: Date): Promise<boolean> {
  const { count } = await tx.invitation.updateMany({ where: { id, usedAt: null }, data: { usedAt: at } });
  return count === 1;
}
