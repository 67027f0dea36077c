// What a site's markers are like: which letter, burnt in or of lead, where, how large, how bright. One record a marker;
// a film's records stay at the site, as its detections do.
import { type Box, clipBox } from '../box.ts';
import { type GrayImage, range, type ValueRange } from '../gray-image.ts';
import type { Detection } from './detections.ts';
import { otsuCut } from './refine-mask.ts';

/** Burnt in by software, or in the beam. */
export type MarkerLook = 'digital' | 'lead';

export interface MarkerRecord {
  /** index into the detector's labels */
  label: number;
  look: MarkerLook;
  /** centre of the box, as a share of the film's width and height, in [0, 1) */
  x: number;
  y: number;
  /** longer side of the box, as a share of the film's longer side, in (0, 1] */
  size: number;
  /** mean of the box's foreground between the film's lowest (0) and highest (1) value; 0 for a film of one value */
  intensity: number;
}

/** A digital marker has this share of its foreground at one value: text drawn by software is of one grey. */
const PLATEAU_SHARE = 0.6;

/**
 * One record for each detection, in their order; none for a film without.
 * A marker is digital by the plateau test: at least 60 % of its foreground, the pixels of its box from their Otsu cut
 * upwards (Otsu 1979, IEEE Trans SMC 9:62-66), have one value. Lossy compression spreads it: such a marker counts as lead.
 */
export function markerCensus(film: GrayImage, detections: readonly Detection[]): MarkerRecord[] {
  if (detections.length === 0) return [];
  const span = range(film.pixels);
  return detections.map(({ box, label }) => recordOf(film, span, box, label));
}

/** Which of the cells of an even grid a share falls into: 0 to cells - 1. */
export function gridCell(share: number, cells: number): number {
  return Math.min(cells - 1, Math.max(0, Math.floor(share * cells)));
}

function recordOf(film: GrayImage, { min, max }: ValueRange, box: Box, label: number): MarkerRecord {
  const { width, height } = film;
  const foreground = foregroundOf(valuesIn(film, box));
  const mean = foreground.reduce((sum, value) => sum + value, 0) / foreground.length;
  return {
    label,
    look: plateauShare(foreground) >= PLATEAU_SHARE ? 'digital' : 'lead',
    x: share((box.x1 + box.x2) / 2, width),
    y: share((box.y1 + box.y2) / 2, height),
    size: Math.min(1, Math.max(box.x2 - box.x1, box.y2 - box.y1) / Math.max(width, height)),
    intensity: max > min ? (mean - min) / (max - min) : 0,
  };
}

const share = (at: number, side: number): number => Math.min(Math.max(at / side, 0), 1 - Number.EPSILON);

/** Whole pixels that the box touches, at least one. */
function valuesIn({ width, height, pixels }: GrayImage, box: Box): Float64Array {
  const { x1, y1, x2, y2 } = clipBox(box, width, height);
  const [left, top] = [Math.min(width - 1, Math.floor(x1)), Math.min(height - 1, Math.floor(y1))];
  const [w, h] = [Math.max(1, Math.ceil(x2) - left), Math.max(1, Math.ceil(y2) - top)];
  const values = new Float64Array(w * h);
  for (let y = 0, i = 0; y < h; y++)
    for (let x = 0; x < w; x++, i++) values[i] = pixels[(top + y) * width + left + x]!;
  return values;
}

/** What is at or above the Otsu cut, ascending; everything where all is of one value. */
function foregroundOf(values: Float64Array): Float64Array {
  const cut = otsuCut(values);
  return values.filter((value) => value >= cut).sort();
}

/** Share of the commonest value. @param sorted not empty */
function plateauShare(sorted: Float64Array): number {
  let [longest, run] = [1, 1];
  for (let i = 1; i < sorted.length; i++) {
    run = sorted[i] === sorted[i - 1] ? run + 1 : 1;
    if (run > longest) longest = run;
  }
  return longest / sorted.length;
}
