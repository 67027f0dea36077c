// One line of the egress ledger. What carries figures or says something of a job is kept whole and written before it
// is sent; presence and progress are kept as kind, count and bytes of one connection.
import {
  Count,
  Envelope,
  EnrolmentStatement,
  Id,
  Instant,
  JobStateChange,
  KeyRotation,
  QualificationReport,
  Report,
  Sha256,
} from '@sidemark/core/contract';
import { z } from 'zod';

export const PresenceKind = z.enum(['opening', 'hello', 'request', 'progress', 'heartbeat']);
export type PresenceKind = z.infer<typeof PresenceKind>;

const common = { at: Instant, to: z.url() };
const carried = z.literal(true).optional().describe('left in a file that people carried, not over the link');

export const LedgerContent = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('enrolment'),
    ...common,
    bytes: Count,
    statement: EnrolmentStatement,
    carried,
  }),
  z.strictObject({ kind: z.literal('key-rotation'), ...common, bytes: Count, statement: KeyRotation }),
  z.strictObject({ kind: z.literal('job-state'), ...common, bytes: Count, job: Id, change: JobStateChange }),
  z.strictObject({
    kind: z.literal('report'),
    ...common,
    bytes: Count,
    payloadDigest: Sha256.describe('SHA-256 of the signed bytes: the canonical JSON of report'),
    report: Report,
    signatures: Envelope.shape.signatures,
    carried,
  }),
  z.strictObject({
    kind: z.literal('qualification'),
    ...common,
    bytes: Count,
    payloadDigest: Sha256.describe('SHA-256 of the signed bytes: the canonical JSON of report'),
    report: QualificationReport,
    signatures: Envelope.shape.signatures,
    carried,
  }),
  z.strictObject({
    kind: z.literal('report-again'),
    ...common,
    bytes: Count,
    payloadDigest: Sha256,
    carried,
  }),
  z.strictObject({
    kind: z.literal('presence'),
    ...common,
    since: Instant,
    messages: z.array(z.strictObject({ kind: PresenceKind, count: Count, bytes: Count })).min(1),
  }),
]);
export type LedgerContent = z.infer<typeof LedgerContent>;

export const LedgerEntry = z.strictObject({
  sequence: z.int().min(1),
  previous: Sha256,
  hash: Sha256,
  content: LedgerContent,
});
export type LedgerEntry = z.infer<typeof LedgerEntry>;
