// Files that people carry between a trial office and a site without a link. Each holds what the link would have
// carried and is judged by the same code. None names a path, none is packed: a reader unpacks nothing.
import { z } from 'zod';
import { Id, Instant } from '../ids.ts';
import { ReleasedModel } from '../models/models.ts';
import { Envelope } from './envelope.ts';

/** largest first line of a carried job, and largest carried report, receipt or enrolment, in bytes */
export const maxCarriedJsonBytes = 4 * 1024 * 1024;

/** largest model in a carried job, in bytes: as large as the coordinator takes */
export const maxCarriedModelBytes = 512 * 1024 * 1024;

/** most models in a carried job */
const maxModels = 64;

/**
 * The first line of a carried job. The ONNX bytes of `models` follow it, in this order, each as long as its release
 * says, then those of the qualification pack where the protocol asks for one, with nothing between or after them.
 */
export const CarriedJob = z.strictObject({
  schema: z.literal('sidemark.carried-job/1'),
  delegation: Envelope.describe('the release key’s word for the key that signed the offer'),
  offer: Envelope,
  protocol: Envelope,
  models: z
    .array(ReleasedModel)
    .min(1)
    .max(maxModels)
    .describe('each once, in the order the protocol names them'),
});
export type CarriedJob = z.infer<typeof CarriedJob>;

/** A signed enrolment, carried to the trial office. It holds no token: its nonce proves that the signer knew it. */
export const CarriedEnrolment = z.strictObject({
  schema: z.literal('sidemark.carried-enrolment/1'),
  statement: Envelope,
});
export type CarriedEnrolment = z.infer<typeof CarriedEnrolment>;

/** A signed report, carried to the trial office. */
export const CarriedReport = z.strictObject({
  schema: z.literal('sidemark.carried-report/1'),
  report: Envelope,
});
export type CarriedReport = z.infer<typeof CarriedReport>;

/** The coordinator's receipt, carried back to the site. */
export const CarriedReceipt = z.strictObject({
  schema: z.literal('sidemark.carried-receipt/1'),
  delegation: Envelope.describe('the release key’s word for the key that signed the receipt'),
  receipt: Envelope,
});
export type CarriedReceipt = z.infer<typeof CarriedReceipt>;

/** How long the offer in a carried job holds: people and approvals take longer than a link. */
export const ExportJob = z.strictObject({ validDays: z.int().min(1).max(90).default(14) });
export type ExportJob = z.infer<typeof ExportJob>;

/** What the coordinator says of a job it has written for carrying. */
export const ExportedJob = z.strictObject({
  job: Id,
  siteName: z.string(),
  expiresAt: Instant.describe('end of the offer'),
  carried: CarriedJob,
});
export type ExportedJob = z.infer<typeof ExportedJob>;
