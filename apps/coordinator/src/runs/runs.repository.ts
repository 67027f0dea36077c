// Rows of runs, each read with its jobs.
import { Run, type RunState } from '@sidemark/core/contract';
import type { Prisma } from '@sidemark/prisma/client';
import type { Tx } from '../platform/database/database.ts';
import { jobNames, toJob } from './jobs/jobs.repository.ts';

export interface NewRun {
  readonly id: string;
  readonly studyId: string;
  readonly protocolId: string;
  readonly createdAt: Date;
  readonly jobs: readonly { id: string; siteId: string; nonce: string; expiresAt: Date }[];
}

const relations = {
  protocol: { select: { digest: true } },
  jobs: { include: jobNames, orderBy: { site: { name: 'asc' } } },
} as const satisfies Prisma.RunInclude;
type Row = Prisma.RunGetPayload<{ include: typeof relations }>;

export async function addRun(tx: Tx, { jobs, ...run }: NewRun): Promise<Run> {
  const rows = jobs.map((job) => ({ ...job, updatedAt: run.createdAt }));
  const data = { ...run, jobs: { createMany: { data: rows } } };
  return toRun(await tx.run.create({ data, include: relations }));
}

export async function findRun(tx: Tx, id: string): Promise<Run | undefined> {
  const row = await tx.run.findUnique({ where: { id }, include: relations });
  return row ? toRun(row) : undefined;
}

export async function listRuns(tx: Tx): Promise<Run[]> {
  const rows = await tx.run.findMany({ include: relations, orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
  return rows.map(toRun);
}

/** Holds the row until the transaction ends: reports and moves of its jobs wait. */
export async function lockRun(tx: Tx, id: string): Promise<void> {
  await tx.$queryRaw`SELECT 1 FROM "Run" WHERE "id" = ${id}::uuid FOR UPDATE`;
}

export async function setRunState(tx: Tx, id: string, state: RunState): Promise<void> {
  await tx.run.update({ where: { id }, data: { state } });
}

function toRun({ studyId, protocolId, protocol, createdAt, jobs, ...row }: Row): Run {
  return Run.parse({
    ...row,
    study: studyId,
    protocol: protocolId,
    protocolDigest: protocol.digest,
    createdAt: createdAt.toISOString(),
    jobs: jobs.map(toJob),
  });
}
