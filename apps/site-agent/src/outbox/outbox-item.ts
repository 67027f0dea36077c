// What lies in the outbox: a signed report, the terms it may leave under, and what became of it.
import { Envelope, Id, Instant, Sha256 } from '@sidemark/core/contract';
import { errorCodes } from '@sidemark/core/errors';
import { z } from 'zod';

export const OutboxItem = z.strictObject({
  schema: z.literal('sidemark.outbox/1'),
  kind: z
    .enum(['report', 'qualification'])
    .default('report')
    .describe('the report of a job, or the answers to its pack of phantoms'),
  sequence: z.int().min(1),
  job: Id,
  /** which offer of the job this answers: a job may be re-opened */
  attempt: z.int().min(1),
  protocolDigest: Sha256,
  minPatientsPerClass: z.int().min(5),
  payloadDigest: Sha256,
  envelope: Envelope,
  /** code of a refusal that trying again will not change; null while the item waits to be sent */
  parked: z.enum(errorCodes).nullable(),
  queuedAt: Instant,
});
export type OutboxItem = z.infer<typeof OutboxItem>;

/** A sent report with the coordinator's word for it. */
export const ReceiptFile = z.strictObject({
  schema: z.literal('sidemark.receipt-file/1'),
  item: OutboxItem,
  receipt: Envelope,
  receivedAt: Instant,
});
export type ReceiptFile = z.infer<typeof ReceiptFile>;
