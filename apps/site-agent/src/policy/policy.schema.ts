// policy.yaml: what the site allows. Only the site writes it; the coordinator can neither read nor loosen it.
import { ModelRole, Sha256 } from '@sidemark/core/contract';
import { z } from 'zod';

/** No setting goes below this many patients in a class. */
export const hardFloor = 5;

export const Ruling = z.enum(['auto-approve', 'hold', 'refuse']);
export type Ruling = z.infer<typeof Ruling>;

export const Policy = z.strictObject({
  schema: z.literal('sidemark.policy/1'),
  default: Ruling.default('hold').describe('for every protocol not named below'),
  protocols: z.record(Sha256, Ruling).default({}).describe('by protocol digest'),
  floors: z
    .strictObject({ minPatientsPerClass: z.int().min(hardFloor).max(1_000_000) })
    .default({ minPatientsPerClass: 10 }),
  reports: z
    .enum(['send', 'hold'])
    .default('send')
    .describe('what becomes of a finished report: hold waits for a person'),
  oracles: z
    .enum(['hold', 'refuse'])
    .default('hold')
    .describe('what becomes of a report that could tell of single patients'),
  budget: z
    .strictObject({ reportsPerDataset: z.int().min(1).max(1000) })
    .default({ reportsPerDataset: 20 })
    .describe('reports that may rest on any of the same patients'),
  retention: z
    .strictObject({ journalDays: z.int().min(0).max(3650) })
    .default({ journalDays: 30 })
    .describe('days that per-image journals stay after a job has ended'),
  allowedRoles: z
    .array(ModelRole)
    .default([...ModelRole.options])
    .describe('kinds of model that may run here'),
});
export type Policy = z.infer<typeof Policy>;

/** Where there is no file, every job waits for a person. */
export const holdEverything: Policy = Policy.parse({ schema: 'sidemark.policy/1' });

export const policyTemplate = `# What this site allows. Read anew for every job; the coordinator cannot see or change it.
schema: sidemark.policy/1

# For protocols not named below: hold (a person decides: sidemark agent approve JOB), auto-approve, or refuse.
default: hold

# By protocol digest, as shown by: sidemark agent jobs
protocols: {}
#  0123456789abcdef...: auto-approve

# Fewest patients in each class. The strictest of this, the protocol and ${hardFloor} holds.
floors:
  minPatientsPerClass: 10

# A finished report: send, or hold (a person looks at it first, then: sidemark agent release JOB). The trial office sees
# that a report is held back, and no figure of it.
reports: send

# A report that could tell of single patients: hold (a person reads why, then: sidemark agent release JOB, or decline),
# or refuse.
oracles: hold

# Reports that may rest on any of the same patients. The very same figures once more do not count.
budget:
  reportsPerDataset: 20

# Days that per-image journals stay on this disk after the receipt (or another end) of a job; 0 deletes them at once.
retention:
  journalDays: 30

# Kinds of model that may run here.
allowedRoles: [detector, inpainter, classifier]
`;
