// The films of a folder that scripts/models/arms.ts wrote: what a classifier gets of each, arm by arm.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { readJson } from '../read-json.ts';

/** In the order of the file. */
export const FILED_ARMS = ['original', 'inpainted', 'clipped'] as const;
export type FiledArm = (typeof FILED_ARMS)[number];

const SIDE = 128;
export const MASK_SIDE = 64;
const CLASSES = ['none', 'opacity', 'effusion'];

export interface ArmFilm {
  /** index of none, opacity, effusion */
  truth: number;
  /** [128, 128] in [0, 1] */
  arms: Record<FiledArm, Float32Array>;
  /** [64, 64], 1 = lesion */
  mask: Uint8Array;
}

const rowsSchema = z.array(z.object({ class: z.enum(CLASSES), split: z.string() }));

/** The test films only: no model was trained on them. */
export async function readArmFilms(folder: string): Promise<ArmFilm[]> {
  const rows = rowsSchema.parse(
    await readJson(join(folder, 'rows.json'), 'A folder is what scripts/models/arms.ts wrote.'),
  );
  const bytes = await readFile(join(folder, 'arms.f32'));
  const masks = await readFile(join(folder, 'masks.u8'));
  const planes = new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
  const plane = (at: number): Float32Array => planes.slice(at * SIDE * SIDE, (at + 1) * SIDE * SIDE);
  return rows.flatMap((row, k) => {
    if (row.split !== 'test' && row.split !== '') return [];
    const arms = Object.fromEntries(
      FILED_ARMS.map((arm, a) => [arm, plane(k * FILED_ARMS.length + a)]),
    ) as ArmFilm['arms'];
    const mask = masks.subarray(k * MASK_SIDE * MASK_SIDE, (k + 1) * MASK_SIDE * MASK_SIDE);
    return [{ truth: CLASSES.indexOf(row.class), arms, mask }];
  });
}
