// Colour to grey: palettes, RGB and YBR secondary captures become luma (ITU-R BT.601), rounded.
import { type LookupTable, lookUp } from './lookup-table.ts';
import type { StoredValues } from './stored-values.ts';

/** Red, green and blue tables (0028,1101..1203). */
export type Palette = readonly [LookupTable, LookupTable, LookupTable];

/** Equal channels stay exactly what they are. */
function luma(red: number, green: number, blue: number): number {
  return red === green && green === blue ? red : Math.round(0.299 * red + 0.587 * green + 0.114 * blue);
}

/** RGB pixels. */
export function grayOfRgb({ samples }: StoredValues): Uint16Array {
  const gray = new Uint16Array(samples.length / 3);
  for (let i = 0; i < gray.length; i++)
    gray[i] = luma(samples[3 * i]!, samples[3 * i + 1]!, samples[3 * i + 2]!);
  return gray;
}

/** YBR_FULL pixels, of which the first sample is luma already. */
export function grayOfYbr({ samples }: StoredValues): Uint16Array {
  const gray = new Uint16Array(samples.length / 3);
  for (let i = 0; i < gray.length; i++) gray[i] = samples[3 * i]!;
  return gray;
}

/** Indices into a palette. */
export function grayOfPalette({ samples }: StoredValues, [red, green, blue]: Palette): Uint16Array {
  const gray = new Uint16Array(samples.length);
  for (let i = 0; i < gray.length; i++) {
    const index = samples[i]!;
    gray[i] = luma(lookUp(red, index), lookUp(green, index), lookUp(blue, index));
  }
  return gray;
}
