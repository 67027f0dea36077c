// What the reports of this site rested on: which patients, by keyed marks, and in which order each cell put them. Kept
// beside the ledger and never sent, so that a later report is judged beside all earlier ones. A file is on the disk
// before its report is signed.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { Arm, Id, Instant, Sha256 } from '@sidemark/core/contract';
import { z } from 'zod';
import { onDisk, readJson, systemCode, writeDurably } from '../../platform/disk/durable-file.ts';

export const ShownCell = z.strictObject({
  classifier: z.string().describe('id in the protocol'),
  arm: Arm,
  model: Sha256.describe('of the ONNX bytes'),
  /** parallel to the images in dataset order; null where the AUC was withheld or there is none */
  ranks: z.array(z.number().min(1)).nullable(),
  /** predicted classes; null for a binary classifier */
  classes: z.array(z.int().min(0)).nullable(),
  /** decisions as 0 and 1; null where they were withheld or there are none */
  decisions: z
    .string()
    .regex(/^[01]*$/)
    .nullable(),
  /** prints of what was drawn, where a mean of it was shown */
  pictures: z
    .array(
      z.strictObject({ of: z.enum(['segmentation', 'activation map']), prints: z.array(z.int().min(0)) }),
    )
    .optional(),
});
export type ShownCell = z.infer<typeof ShownCell>;

/** What the finer figures rest on. */
const fine = {
  /** divisions of the images whose counts by truth were shown: the cell of each image, one character each */
  tables: z.array(z.string().regex(/^[0-9a-z]*$/)).optional(),
  /** logits of the cells whose calibration was shown */
  calibrated: z.array(z.strictObject({ name: z.string(), logits: z.array(z.number()) })).optional(),
  equations: z
    .array(z.strictObject({ key: z.string().regex(/^[0-9a-f]{16}$/), count: z.int().min(1) }))
    .optional(),
};

const marks = z.array(z.string().regex(/^[0-9a-f]{32}$/)).describe('one for each patient, sorted');

export const Reported = z.strictObject({
  schema: z.literal('sidemark.reported/1'),
  job: Id,
  at: Instant,
  resultDigest: Sha256,
  marks,
  cells: z.array(ShownCell),
  ...fine,
  /** the same of further sets of rows, when classifiers were judged on several */
  others: z.array(z.strictObject({ marks, cells: z.array(ShownCell), ...fine })).optional(),
});
export type Reported = z.infer<typeof Reported>;

export class ReportedStore {
  constructor(private readonly folder: string) {}

  /** Oldest first. @throws ZodError or SyntaxError for a file that was damaged */
  async all(): Promise<Reported[]> {
    const names = await onDisk(() => readdir(this.folder)).catch((error: unknown) => {
      if (systemCode(error) === 'ENOENT') return [];
      throw error;
    });
    const digests = names.filter((name) => name.endsWith('.json'));
    const found = await Promise.all(digests.map((name) => readJson(join(this.folder, name), Reported)));
    return found.filter((one) => one !== undefined).sort((a, b) => (a.at < b.at ? -1 : 1));
  }

  /** Resolves when it is on the disk. @throws DomainError `disk-failed` */
  async add(reported: Reported): Promise<void> {
    const path = join(this.folder, `${reported.resultDigest}.json`);
    await writeDurably(path, `${JSON.stringify(Reported.parse(reported))}\n`);
  }
}
