// A site's registered images and labels. Stays in the data directory; only its keyed digest and counts leave.
import { Count, Id, Sha256, Vendor } from '@sidemark/core/contract';
import { z } from 'zod';

export const View = z.enum(['PA', 'AP', 'LATERAL', 'UNKNOWN']);
export type View = z.infer<typeof View>;

/** Part of a patient in the training of models: none, a part that was held out, or all of it. */
export const Split = z.enum([
  'train',
  'test',
  ...['fold-1', 'fold-2', 'fold-3', 'fold-4', 'fold-5'],
  ...['fold-6', 'fold-7', 'fold-8', 'fold-9', 'fold-10'],
] as const);
export type Split = z.infer<typeof Split>;

export const DatasetRow = z.strictObject({
  path: z.string().min(1).describe('relative to the folder, with forward slashes'),
  sha256: Sha256.describe('of the file'),
  label: z.union([z.literal(0), z.literal(1)]),
  patient: z.string().min(1),
  class: z.int().min(0).max(19).optional(),
  mask: z.string().min(1).optional().describe('ground truth of the lesion, relative to the folder'),
  maskSha256: Sha256.optional().describe(
    'of the mask file; a mask without it was registered before masks were read, and is not',
  ),
  view: View.optional(),
  sex: z.string().min(1).optional(),
  age: z.number().min(0).max(150).optional().describe('years'),
  vendor: Vendor.optional().describe('maker of the machine'),
  split: Split.optional(),
});
export type DatasetRow = z.infer<typeof DatasetRow>;

export const RegisteredDataset = z.strictObject({
  study: Id,
  folder: z.string().min(1).describe('absolute'),
  rows: z.array(DatasetRow).min(1).describe('in dataset order'),
  digest: Sha256.describe('keyed with the site secret'),
  classPatients: z.record(z.string(), Count).describe('patients by label (0, 1) and by class (class:0, ...)'),
});
export type RegisteredDataset = z.infer<typeof RegisteredDataset>;

/** The dataset order: by file digest, then path. Every sum over a dataset runs in it, whatever the CSV's order. */
export function inDatasetOrder(rows: readonly DatasetRow[]): DatasetRow[] {
  const key = (row: DatasetRow): string => `${row.sha256} ${row.path}`;
  return [...rows].sort((a, b) => (key(a) < key(b) ? -1 : 1));
}

/** Patients with at least one row of each label and class. A patient may count in several. */
export function countClassPatients(rows: readonly DatasetRow[]): Record<string, number> {
  const patients = new Map<string, Set<string>>([
    ['0', new Set()],
    ['1', new Set()],
  ]);
  for (const row of rows) {
    const keys = row.class === undefined ? [`${row.label}`] : [`${row.label}`, `class:${row.class}`];
    for (const key of keys) patients.set(key, (patients.get(key) ?? new Set()).add(row.patient));
  }
  return Object.fromEntries(
    [...patients].sort(([a], [b]) => (a < b ? -1 : 1)).map(([k, set]) => [k, set.size]),
  );
}
