// What a site agent and its own console page say to each other, on loopback. None of it goes to the coordinator, and no
// row, path or name of a patient is in it.
import { z } from 'zod';
import { Count, Id, Instant, KeyId, Sha256 } from './ids.ts';
import { JobProgress } from './runs.ts';
import { Report } from './results/report.ts';

/** What a person of the site may do about a job. */
export const ConsoleVerb = z.enum(['approve', 'decline', 'hold', 'release', 'withdraw']);
export type ConsoleVerb = z.infer<typeof ConsoleVerb>;

/** The passphrase of the site key is asked again where something may begin or leave, and where work is undone. */
export const ConsoleDecision = z.strictObject({
  verb: ConsoleVerb,
  passphrase: z.string().max(1000).optional(),
});
export type ConsoleDecision = z.infer<typeof ConsoleDecision>;

const Problem = z.strictObject({ code: z.string(), message: z.string(), details: z.array(z.string()) });

export const ConsoleJob = z.strictObject({
  job: Id,
  run: Id,
  study: Id,
  state: z.string().describe('as the agent keeps it'),
  code: z.string().nullable(),
  reason: z.strictObject({ message: z.string(), details: z.array(z.string()) }).nullable(),
  protocolDigest: Sha256,
  protocolName: z.string().nullable().describe('null: the protocol is not here yet'),
  receivedAt: Instant,
  updatedAt: Instant,
  report: z.string().describe('received, waits, parked (code) or empty'),
  held: z.boolean().describe('a person wants to see its report before it leaves'),
  progress: JobProgress.nullable(),
  mayDo: z.array(ConsoleVerb),
});
export type ConsoleJob = z.infer<typeof ConsoleJob>;

export const ConsoleOverview = z.strictObject({
  agentVersion: z.string(),
  startedAt: Instant,
  site: z.strictObject({ name: z.string(), site: Id, study: Id, coordinator: z.url() }),
  key: z.strictObject({ keyId: KeyId, words: z.array(z.string()).length(6), locked: z.boolean() }),
  link: z.strictObject({
    connected: z.boolean(),
    since: Instant.nullable(),
    problem: Problem.nullable(),
    retryAt: Instant.nullable(),
  }),
  policy: z.strictObject({
    source: z.enum(['file', 'none', 'invalid']),
    problems: z.array(z.string()),
    rules: z.array(z.strictObject({ name: z.string(), value: z.string(), means: z.string() })),
  }),
  jobs: z.array(ConsoleJob).describe('newest first'),
  egress: z.strictObject({ entries: Count, waiting: Count, lastAt: Instant.nullable() }),
});
export type ConsoleOverview = z.infer<typeof ConsoleOverview>;

export const ConsoleJobPage = z.strictObject({
  job: ConsoleJob,
  protocol: z
    .strictObject({
      parts: z.array(z.strictObject({ heading: z.string(), lines: z.array(z.string()) })),
      models: z.array(
        z.strictObject({
          role: z.string(),
          id: z.string().nullable(),
          name: z.string(),
          sha256: Sha256,
          manifestSha256: Sha256,
          here: z.boolean().describe('its bytes are on this machine'),
        }),
      ),
      document: z.string().describe('the signed document, indented'),
    })
    .nullable(),
  report: Report.nullable().describe('of this attempt, whether it left or waits'),
});
export type ConsoleJobPage = z.infer<typeof ConsoleJobPage>;

export const ConsoleLedger = z.strictObject({
  verdict: z.strictObject({
    entries: Count,
    head: z.string(),
    firstBroken: z.int().nullable(),
    missingReports: z.array(Sha256),
  }),
  entries: z
    .array(
      z.strictObject({ sequence: z.int(), at: Instant, kind: z.string(), bytes: Count, gist: z.string() }),
    )
    .describe('newest first'),
  waiting: z
    .array(
      z.strictObject({
        sequence: z.int(),
        kind: z.string(),
        job: Id,
        payloadDigest: Sha256,
        bytes: Count,
        queuedAt: Instant,
        standing: z.enum(['waits', 'held', 'parked']),
      }),
    )
    .describe('signed, and not acknowledged'),
});
export type ConsoleLedger = z.infer<typeof ConsoleLedger>;

/** One payload, to read and as the bytes that go over the wire. */
export const ConsolePayload = z.strictObject({
  title: z.string(),
  at: Instant,
  to: z.string(),
  readable: z.string(),
  bytes: z.base64().nullable().describe('null: only kind, count and size were kept'),
  about: z.string().describe('what the bytes are'),
  sha256: Sha256.nullable(),
});
export type ConsolePayload = z.infer<typeof ConsolePayload>;

export const ConsoleTable = z.strictObject({
  caption: z.string(),
  columns: z.array(z.strictObject({ label: z.string(), numeric: z.boolean() })),
  rows: z.array(z.array(z.string())),
});
export type ConsoleTable = z.infer<typeof ConsoleTable>;

export const ConsoleDataset = z.strictObject({
  study: Id,
  digest: Sha256,
  images: Count,
  patients: Count,
  classes: ConsoleTable,
  check: z.discriminatedUnion('state', [
    z.strictObject({ state: z.literal('none') }),
    z.strictObject({ state: z.literal('running'), done: Count, total: Count }),
    z.strictObject({ state: z.literal('failed'), problem: Problem }),
    z.strictObject({ state: z.literal('done'), at: Instant, tables: z.array(ConsoleTable) }),
  ]),
});
export type ConsoleDataset = z.infer<typeof ConsoleDataset>;
export const ConsoleDatasets = z.array(ConsoleDataset);
export type ConsoleDatasets = z.infer<typeof ConsoleDatasets>;

export const ConsolePicturesAsked = z.strictObject({
  rows: z.array(z.int().min(1)).min(1).max(20).describe('of the dataset, from 1'),
});

/** Pictures of films: drawn on request, kept in a folder of this machine until the agent stops. */
export const ConsolePictures = z.discriminatedUnion('state', [
  z.strictObject({ state: z.literal('none'), films: Count.describe('of the dataset') }),
  z.strictObject({ state: z.literal('running'), done: Count, total: Count }),
  z.strictObject({ state: z.literal('failed'), problem: Problem }),
  z.strictObject({
    state: z.literal('done'),
    films: z.array(
      z.strictObject({
        row: z.int(),
        skipped: z.string().nullable(),
        pictures: z.array(z.strictObject({ file: z.string(), caption: z.string() })),
      }),
    ),
  }),
]);
export type ConsolePictures = z.infer<typeof ConsolePictures>;

export const ConsoleLog = z.strictObject({
  lines: z
    .array(
      z.strictObject({
        at: Instant,
        level: z.enum(['info', 'warn', 'told']).describe('told: what the agent says to people'),
        text: z.string(),
      }),
    )
    .describe('newest first'),
});
export type ConsoleLog = z.infer<typeof ConsoleLog>;

export const HealthFinding = z.strictObject({
  check: z.string(),
  state: z.enum(['good', 'look', 'bad']).describe('look: works, and may not for long'),
  found: z.string(),
  remedy: z.string().nullable(),
});
export type HealthFinding = z.infer<typeof HealthFinding>;
export const HealthFindings = z.strictObject({ at: Instant, findings: z.array(HealthFinding) });
export type HealthFindings = z.infer<typeof HealthFindings>;
