// Stored values -> the film: one grey channel in modality order, padding black, bone white.
import {
  copyPixels,
  type GrayImage,
  grayImage,
  invertPolarity,
  type StoredPixels,
} from '@sidemark/core/imaging';
import type { DicomHeader } from '../read/header.ts';
import { DicomRefusal } from '../refusal.ts';
import { grayOfPalette, grayOfRgb, grayOfYbr, type Palette } from './gray.ts';
import { type LookupTable, lookUp } from './lookup-table.ts';
import { blackenPadding, paddingMask } from './padding.ts';
import type { StoredValues } from './stored-values.ts';

export interface Film extends GrayImage {
  /** what the grey was made of: colours are counted, since a colour capture is rarely a radiograph */
  source: 'gray' | 'palette' | 'colour';
  /** true when black and white were exchanged to make bone white */
  inverted: boolean;
  /** pixels of padding, which are black now */
  padded: number;
}

export interface FilmTables {
  modality: LookupTable | undefined;
  palette: Palette | undefined;
}

/**
 * A Modality LUT is applied. A linear rescale is not: it changes units, not order, and the film stays in whole numbers.
 * @throws DicomRefusal constant-image, bad-lookup-table
 */
export function filmOf(stored: StoredValues, header: DicomHeader, tables: FilmTables): Film {
  const { film, source } = grayOf(stored, header, tables);
  // both say "low is white" of the modality output (PS3.3 C.7.6.3.1.2, C.8.11.3.1.6); a negative slope says it once more
  const lowIsWhite = header.photometric === 'MONOCHROME1' || header.presentationShape === 'INVERSE';
  const falling = tables.modality === undefined && header.rescale.slope < 0;
  const inverted = source === 'gray' && lowIsWhite !== falling;
  const mask = source === 'gray' ? paddingMask(stored.samples, header.padding) : undefined;
  const own = mask && film.pixels === stored.samples ? { ...film, pixels: copyPixels(film.pixels) } : film;
  const padded = mask ? blackenPadding(own.pixels, mask, !inverted) : 0;
  requireContrast(own.pixels);
  return { ...(inverted ? invertPolarity(own) : own), source, inverted, padded };
}

function grayOf(
  stored: StoredValues,
  { rows, columns, photometric }: DicomHeader,
  { modality, palette }: FilmTables,
): { film: GrayImage; source: Film['source'] } {
  const image = (pixels: StoredPixels, bits: number, signed = false): GrayImage =>
    grayImage(columns, rows, bits > 8 || signed ? pixels : Uint8Array.from(pixels), bits, signed);
  if (photometric === 'PALETTE COLOR') {
    if (!palette) throw new DicomRefusal('bad-lookup-table', 'PALETTE COLOR without its three tables');
    const bits = Math.max(...palette.map((table) => table.bits));
    return { film: image(grayOfPalette(stored, palette), bits), source: 'palette' };
  }
  if (stored.samplesPerPixel === 3) {
    const luma = photometric.startsWith('YBR_FULL') ? grayOfYbr(stored) : grayOfRgb(stored);
    return { film: image(luma, stored.bitsStored), source: 'colour' };
  }
  if (modality) return { film: image(throughTable(stored, modality), modality.bits), source: 'gray' };
  const { samples, bitsStored, signed } = stored;
  return { film: grayImage(columns, rows, samples, bitsStored, signed), source: 'gray' };
}

function throughTable({ samples }: StoredValues, table: LookupTable): Uint16Array {
  const pixels = new Uint16Array(samples.length);
  for (let i = 0; i < pixels.length; i++) pixels[i] = lookUp(table, samples[i]!);
  return pixels;
}

/** @throws DicomRefusal constant-image */
function requireContrast(pixels: StoredPixels): void {
  const first = pixels[0]!;
  for (let i = 1; i < pixels.length; i++) if (pixels[i] !== first) return;
  throw new DicomRefusal('constant-image', `every value is ${first}`);
}
