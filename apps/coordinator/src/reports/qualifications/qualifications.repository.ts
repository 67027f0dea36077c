// Rows of judged answers to qualification packs. A row is written once.
import { Envelope, QualificationReport, SiteQualification, type Verdict } from '@sidemark/core/contract';
import type { Prisma } from '@sidemark/prisma/client';
import type { Tx } from '../../platform/database/database.ts';

export interface NewQualification {
  readonly id: string;
  readonly jobId: string;
  readonly siteId: string;
  readonly siteKeyId: string;
  readonly sequence: number;
  readonly payloadDigest: string;
  readonly payload: Uint8Array;
  readonly envelope: Envelope;
  readonly receipt: Envelope;
  readonly verdict: Verdict;
  readonly receivedAt: Date;
}

/** Answers as they came, with receipt and verdict. */
export interface KeptQualification {
  readonly judged: SiteQualification;
  readonly envelope: Envelope;
  readonly receipt: Envelope;
}

const relations = { site: { select: { name: true } } } as const;
type Row = Prisma.QualificationGetPayload<{ include: typeof relations }>;

export async function addQualification(tx: Tx, { payload, ...row }: NewQualification): Promise<void> {
  await tx.qualification.create({ data: { ...row, payload: Uint8Array.from(payload) } });
}

export async function findQualificationReceipt(
  tx: Tx,
  jobId: string,
  payloadDigest: string,
): Promise<Envelope | undefined> {
  const where = { jobId_payloadDigest: { jobId, payloadDigest } };
  const row = await tx.qualification.findUnique({ where, select: { receipt: true } });
  return row ? Envelope.parse(row.receipt) : undefined;
}

/** Of the jobs of a run, oldest first. */
export async function qualificationsOfRun(tx: Tx, runId: string): Promise<KeptQualification[]> {
  const rows = await tx.qualification.findMany({
    where: { job: { runId } },
    include: relations,
    orderBy: [{ receivedAt: 'asc' }, { sequence: 'asc' }],
  });
  return rows.map(toKept);
}

function toKept({ site, receivedAt, ...row }: Row): KeptQualification {
  const { answers } = QualificationReport.parse(JSON.parse(Buffer.from(row.payload).toString('utf8')));
  return {
    judged: SiteQualification.parse({
      job: row.jobId,
      site: row.siteId,
      siteName: site.name,
      payloadDigest: row.payloadDigest,
      pack: answers.pack,
      verdict: row.verdict,
      receivedAt: receivedAt.toISOString(),
    }),
    envelope: Envelope.parse(row.envelope),
    receipt: Envelope.parse(row.receipt),
  };
}
