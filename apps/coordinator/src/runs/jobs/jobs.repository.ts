// Rows of jobs, and what must be known around one to judge what is said of it.
import { Job, type JobState, ProtocolDocument, type RefusalCode } from '@sidemark/core/contract';
import type { Prisma } from '@sidemark/prisma/client';
import type { Tx } from '../../platform/database/database.ts';
import type { JobContext } from './job-context.ts';
import { openStates } from './job-state.ts';

export interface JobChange {
  readonly state: JobState;
  readonly code: RefusalCode | null;
  readonly updatedAt: Date;
}

/** What `toJob` needs beside the row. */
export const jobNames = { site: { select: { name: true } } } as const satisfies Prisma.JobInclude;

export async function findJob(tx: Tx, id: string): Promise<JobContext | undefined> {
  const include = { ...jobNames, run: { include: { protocol: true } } };
  const row = await tx.job.findUnique({ where: { id }, include });
  if (!row) return undefined;
  const { studyId, state, protocol } = row.run;
  const document = ProtocolDocument.parse(protocol.document);
  return { job: toJob(row), study: studyId, runState: state, protocolDigest: protocol.digest, document };
}

/** The jobs a site should know of: open, in runs that are open, oldest run first. */
export async function openJobsOfSite(tx: Tx, siteId: string): Promise<string[]> {
  const where = { siteId, state: { in: [...openStates] }, run: { state: 'open' as const } };
  const rows = await tx.job.findMany({ where, select: { id: true }, orderBy: { run: { createdAt: 'asc' } } });
  return rows.map(({ id }) => id);
}

/** Holds the job and its run until the transaction ends; run first, as everywhere. */
export async function lockJob(tx: Tx, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Run" WHERE "id" = (SELECT "runId" FROM "Job" WHERE "id" = ${id}::uuid) FOR UPDATE`;
  await tx.$queryRaw`SELECT 1 FROM "Job" WHERE "id" = ${id}::uuid FOR UPDATE`;
}

export async function changeJob(tx: Tx, id: string, change: JobChange): Promise<Job> {
  return toJob(await tx.job.update({ where: { id }, data: change, include: jobNames }));
}

export async function setOffer(tx: Tx, id: string, offer: { nonce: string; expiresAt: Date }): Promise<void> {
  await tx.job.update({ where: { id }, data: offer });
}

/** Progress is not in the database. */
export function toJob({
  id,
  runId,
  siteId,
  site,
  state,
  code,
  updatedAt,
}: Prisma.JobGetPayload<{ include: typeof jobNames }>): Job {
  const names = { id, run: runId, site: siteId, siteName: site.name };
  return Job.parse({ ...names, state, code, progress: null, updatedAt: updatedAt.toISOString() });
}
