// The coordinator's hash-chained audit log.
import { z } from 'zod';
import { Instant, Sha256 } from '../ids.ts';

export const AuditActor = z
  .string()
  .regex(/^(administrator|coordinator|(account|site|kit):[0-9a-f-]{36})$/)
  .describe('administrator: whoever holds the administrator token; account: a person who signed in');

/** What is hashed: linkHash(previous, content). */
export const AuditContent = z.strictObject({
  at: Instant,
  actor: AuditActor,
  action: z
    .string()
    .regex(/^[a-z]+\.[a-z-]+$/)
    .describe('thing.event, e.g. report.accepted'),
  subject: z.string().max(200).describe('id of the record that changed'),
  details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean(), z.null()])),
});
export type AuditContent = z.infer<typeof AuditContent>;

export const AuditEntry = z.strictObject({
  sequence: z.int().min(1),
  previous: Sha256,
  hash: Sha256,
  content: AuditContent,
});
export type AuditEntry = z.infer<typeof AuditEntry>;
export const AuditList = z.array(AuditEntry);
export const AuditVerdict = z.strictObject({
  entries: z.int().min(0),
  head: Sha256,
  firstBroken: z.int().min(1).nullable().describe('sequence of the first entry that does not fit the chain'),
});
export type AuditVerdict = z.infer<typeof AuditVerdict>;
