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
  /** of the report's row */
  readonly id: string;
  readonly receipt: Envelope;
  readonly receivedAt: Date;
}

export async function receiptsSince(tx: Tx, since: Date): Promise<StoredReceipt[]> {
  const where = { receivedAt: { gte: since } };
  const rows = await tx.report.findMany({ where, select: { id: true, receipt: true, receivedAt: true } });
  return rows.map((row) => ({ ...row, receipt: Envelope.parse(row.receipt) }));
}

/** The same words under another signature. */
export async function setReceipt(tx: Tx, id: string, receipt: Envelope): Promise<void> {
  await tx.report.update({ where: { id }, data: { receipt } });
}

export async function isSequenceUsed(tx: Tx, siteId: string, sequence: number): Promise<boolean> {
  return (await tx.report.count({ where: { siteId, sequence } })) > 0;
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
  const rows = await tx.report.findMany({ where, select: { siteId: true, sequence: true } });
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
