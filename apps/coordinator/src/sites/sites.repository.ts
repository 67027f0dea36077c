// Sites with their newest key. State changes are compare-and-set: of two at once, one finds the state changed.
import type { Site, SiteState } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { sixWords } from '@sidemark/core/signing';
import type { Prisma } from '@sidemark/prisma/client';
import type { Tx } from '../platform/database/database.ts';
import { keyRecordOf } from '../platform/keys/key-record.ts';

const withKey = { keys: { orderBy: { validFrom: 'desc' }, take: 1 } } as const satisfies Prisma.SiteInclude;
type Row = Prisma.SiteGetPayload<{ include: typeof withKey }>;

/** A site as stored; whether it is on-line is not the table's to say. */
export type StoredSite = Omit<Site, 'online'>;

function siteOf(row: Row): StoredSite {
  const [key] = row.keys;
  return {
    id: row.id,
    study: row.studyId,
    name: row.name,
    state: row.state,
    role: row.role,
    words: row.enrolmentDigest === null ? null : sixWords(row.enrolmentDigest),
    key: key === undefined ? null : keyRecordOf(key),
    agentVersion: row.agentVersion,
    lastSeenAt: row.lastSeenAt?.toISOString() ?? null,
    createdAt: row.createdAt.toISOString(),
  };
}

export interface NewSite {
  readonly id: string;
  readonly studyId: string;
  readonly name: string;
  readonly role: Site['role'];
  readonly createdAt: Date;
}

export async function addSite(tx: Tx, site: NewSite): Promise<StoredSite> {
  return siteOf(await tx.site.create({ data: site, include: withKey }));
}

export async function findSite(tx: Tx, id: string): Promise<StoredSite | undefined> {
  const row = await tx.site.findUnique({ where: { id }, include: withKey });
  return row === null ? undefined : siteOf(row);
}

export async function findSiteByName(tx: Tx, studyId: string, name: string): Promise<StoredSite | undefined> {
  const row = await tx.site.findUnique({ where: { studyId_name: { studyId, name } }, include: withKey });
  return row === null ? undefined : siteOf(row);
}

export async function allSites(
  tx: Tx,
  where: { studyId?: string; state?: SiteState } = {},
): Promise<StoredSite[]> {
  const orderBy = [{ createdAt: 'asc' }, { id: 'asc' }] as const;
  return (await tx.site.findMany({ where, include: withKey, orderBy: [...orderBy] })).map(siteOf);
}

/** @throws DomainError `state-conflict` when the state is no longer `from`. */
export async function changeState(tx: Tx, id: string, from: SiteState, to: SiteState): Promise<void> {
  const { count } = await tx.site.updateMany({ where: { id, state: from }, data: { state: to } });
  if (count === 0)
    throw new DomainError('state-conflict', { what: 'site', id, reason: 'the state changed meanwhile' });
}

/** A link of the site has proved itself. */
export async function noteLink(tx: Tx, id: string, agentVersion: string, at: Date): Promise<void> {
  await tx.site.update({ where: { id }, data: { agentVersion, lastSeenAt: at } });
}

export interface KeptEnrolment {
  readonly digest: string;
  readonly envelope: Prisma.InputJsonObject;
}

export async function keepEnrolment(tx: Tx, id: string, enrolment: KeptEnrolment): Promise<void> {
  const data = { enrolmentDigest: enrolment.digest, enrolmentEnvelope: enrolment.envelope };
  await tx.site.update({ where: { id }, data });
}

export async function forgetEnrolment(tx: Tx, id: string): Promise<void> {
  await tx.site.update({ where: { id }, data: { enrolmentDigest: null } });
}
