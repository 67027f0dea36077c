// Rows of stored reports. A row is written once; only its state ever changes.
import { Envelope, type ReportState, StoredReport } from '@sidemark/core/contract';
import type { Prisma } from '@sidemark/prisma/client';
import type { Tx } from '../platform/database/database.ts';

export interface NewReport {
  readonly id: string;
  readonly jobId: string;
  readonly siteId: string;
  readonly siteKeyId: string;
  readonly sequence: number;
  readonly payloadDigest: string;
  readonly resultDigest: string;
  readonly payload: Uint8Array;
  readonly envelope: Envelope;
  readonly receipt: Envelope;
  readonly receivedAt: Date;
}

/** A report as it came, with the receipt it got. */
export interface KeptReport {
  readonly stored: StoredReport;
  readonly payload: Uint8Array;
  readonly envelope: Envelope;
  readonly receipt: Envelope;
}

const relations = { job: { select: { runId: true } } } as const;
type Row = Prisma.ReportGetPayload<{ include: typeof relations }>;

export async function addReport(tx: Tx, { payload, ...report }: NewReport): Promise<void> {
  await tx.report.create({ data: { ...report, payload: Uint8Array.from(payload) } });
}

export async function findReceipt(
  tx: Tx,
  jobId: string,
  payloadDigest: string,
): Promise<Envelope | undefined> {
  const where = { jobId_payloadDigest: { jobId, payloadDigest } };
  const row = await tx.report.findUnique({ where, select: { receipt: true } });
  return row ? Envelope.parse(row.receipt) : undefined;
}

export interface StoredReceipt {
  /** of the row, and the table that holds it */
  readonly id: string;
  readonly of: 'report' | 'qualification';
  readonly receipt: Envelope;
  readonly receivedAt: Date;
}

export async function receiptsSince(tx: Tx, since: Date): Promise<StoredReceipt[]> {
  const where = { receivedAt: { gte: since } };
  const select = { id: true, receipt: true, receivedAt: true } as const;
  const [reports, answers] = [
    await tx.report.findMany({ where, select }),
    await tx.qualification.findMany({ where, select }),
  ];
  return [
    ...reports.map((row) => ({ ...row, of: 'report' as const, receipt: Envelope.parse(row.receipt) })),
    ...answers.map((row) => ({ ...row, of: 'qualification' as const, receipt: Envelope.parse(row.receipt) })),
  ];
}

/** The same words under another signature. */
export async function setReceipt(
  tx: Tx,
  { id, of }: Pick<StoredReceipt, 'id' | 'of'>,
  receipt: Envelope,
): Promise<void> {
  const change = { where: { id }, data: { receipt } };
  if (of === 'report') await tx.report.update(change);
  else await tx.qualification.update(change);
}

/** Reports and answers to qualification packs are numbered together. */
export async function isSequenceUsed(tx: Tx, siteId: string, sequence: number): Promise<boolean> {
  const where = { siteId, sequence };
  return (await tx.report.count({ where })) + (await tx.qualification.count({ where })) > 0;
}

export async function findReport(tx: Tx, payloadDigest: string): Promise<KeptReport | undefined> {
  const row = await tx.report.findFirst({ where: { payloadDigest }, include: relations });
  return row ? toKept(row) : undefined;
}

/** Reports of a run, oldest first. */
export async function reportsOfRun(tx: Tx, runId: string): Promise<KeptReport[]> {
  const rows = await tx.report.findMany({
    where: { job: { runId } },
    include: relations,
    orderBy: { receivedAt: 'asc' },
  });
  return rows.map(toKept);
}

export async function reportStatesOfJob(
  tx: Tx,
  jobId: string,
): Promise<{ id: string; state: ReportState }[]> {
  return tx.report.findMany({ where: { jobId }, select: { id: true, state: true } });
}

export async function setReportState(tx: Tx, id: string, state: ReportState): Promise<void> {
  await tx.report.update({ where: { id }, data: { state } });
}

/** Every sequence number the sites have used, in any run. */
export async function sequencesOf(
  tx: Tx,
  siteIds: readonly string[],
): Promise<{ site: string; sequence: number }[]> {
  const where = { siteId: { in: [...siteIds] } };
  const select = { siteId: true, sequence: true } as const;
  const rows = [
    ...(await tx.report.findMany({ where, select })),
    ...(await tx.qualification.findMany({ where, select })),
  ];
  return rows.map(({ siteId, sequence }) => ({ site: siteId, sequence }));
}

function toKept({ job, envelope, receipt, payload, ...row }: Row): KeptReport {
  const stored = StoredReport.parse({
    payloadDigest: row.payloadDigest,
    resultDigest: row.resultDigest,
    job: row.jobId,
    run: job.runId,
    site: row.siteId,
    siteKeyId: row.siteKeyId,
    sequence: row.sequence,
    state: row.state,
    receivedAt: row.receivedAt.toISOString(),
  });
  return { stored, payload, envelope: Envelope.parse(envelope), receipt: Envelope.parse(receipt) };
}
