// Is bone white on this film? A wrong MONOCHROME1, or a window that was exchanged, is in no header: the picture tells.
import { type GrayImage, range } from '../gray-image.ts';
import { type Grid, shrink } from './shrink.ts';

export const polarities = ['bone-white', 'inverted', 'undecided'] as const;
export type Polarity = (typeof polarities)[number];

export interface PolarityJudgement {
  verdict: Polarity;
  /** mean of three contrasts, each in [-1, 1] of the film's range: above 0 bone is white; exact opposite on a negative */
  score: number;
}

/** Below it, either way, the contrasts are too weak to say. */
const UNDECIDED_BELOW = 0.03;

const GRID = 64;

/** Part of the picture without its padding, in fractions of width and height; half-open. */
interface Region {
  x1: number;
  x2: number;
  y1: number;
  y2: number;
}

const lungRows = { y1: 0.22, y2: 0.625 };
const lungs: readonly Region[] = [
  { x1: 0.1875, x2: 0.375, ...lungRows },
  { x1: 0.625, x2: 0.8125, ...lungRows },
];
const spine: Region = { x1: 0.4375, x2: 0.5625, ...lungRows };
const belowLungs: Region = { x1: 0.1875, x2: 0.8125, y1: 0.75, y2: 0.9375 };
const centre: Region = { x1: 0.25, x2: 0.75, y1: 0.25, y2: 0.75 };
const BORDER = 0.047;
const border: readonly Region[] = [
  { x1: 0, x2: 1, y1: 0, y2: BORDER },
  { x1: 0, x2: 1, y1: 1 - BORDER, y2: 1 },
  { x1: 0, x2: BORDER, y1: BORDER, y2: 1 - BORDER },
  { x1: 1 - BORDER, x2: 1, y1: BORDER, y2: 1 - BORDER },
];

/**
 * Judges an upright frontal chest film that the reader made bone-white. Three contrasts of equal weight, none fitted:
 * centre against border, spine against lungs, what lies below the lungs against the lungs; between the 2nd and 98th
 * percentile of 64 x 64 block means, without flat padding. Of a film on its side it says little.
 */
export function judgePolarity(film: GrayImage): PolarityJudgement {
  const grid = withoutPadding(shrink(film, GRID, GRID));
  const sorted = Float64Array.from(grid.means).sort();
  const percentile = (share: number): number => sorted[Math.round(share * (sorted.length - 1))]!;
  const span = percentile(0.98) - percentile(0.02);
  if (span <= 0) return { verdict: 'undecided', score: 0 };
  const lung = meanOf(grid, lungs);
  const contrasts = [
    meanOf(grid, [centre]) - meanOf(grid, border),
    meanOf(grid, [spine]) - lung,
    meanOf(grid, [belowLungs]) - lung,
  ].map((contrast) => Math.max(-1, Math.min(1, contrast / span)));
  const score = contrasts.reduce((sum, one) => sum + one, 0) / contrasts.length;
  if (Math.abs(score) < UNDECIDED_BELOW) return { verdict: 'undecided', score };
  return { verdict: score > 0 ? 'bone-white' : 'inverted', score };
}

/** Mean of the blocks of the regions; a region takes one block at least. */
function meanOf({ columns, rows, means }: Grid, regions: readonly Region[]): number {
  let [sum, count] = [0, 0];
  for (const { x1, x2, y1, y2 } of regions) {
    const [left, right] = blocksBetween(x1, x2, columns);
    const [top, bottom] = blocksBetween(y1, y2, rows);
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) sum += means[y * columns + x]!;
    }
    count += (right - left) * (bottom - top);
  }
  return sum / count;
}

function blocksBetween(from: number, to: number, of: number): [number, number] {
  const first = Math.min(Math.round(from * of), of - 1);
  return [first, Math.max(first + 1, Math.round(to * of))];
}

/** Flat rows and columns at the edges carry no anatomy: pixel padding, a collimator's shadow, the white rim of a scan. */
function withoutPadding(grid: Grid): Grid {
  const { columns, rows, means } = grid;
  const all = range(means);
  const flat = 0.01 * (all.max - all.min);
  const isFlat = (values: Float64Array): boolean => {
    const { min, max } = range(values);
    return max - min <= flat;
  };
  const row = (y: number): Float64Array => means.subarray(y * columns, (y + 1) * columns);
  let [top, bottom] = [0, rows];
  while (bottom - top > rows / 2 && isFlat(row(top))) top++;
  while (bottom - top > rows / 2 && isFlat(row(bottom - 1))) bottom--;
  const column = (x: number): Float64Array => {
    const values = new Float64Array(bottom - top);
    for (let y = top; y < bottom; y++) values[y - top] = means[y * columns + x]!;
    return values;
  };
  let [left, right] = [0, columns];
  while (right - left > columns / 2 && isFlat(column(left))) left++;
  while (right - left > columns / 2 && isFlat(column(right - 1))) right--;
  return part(grid, { left, top, right, bottom });
}

function part(
  { columns, means }: Grid,
  { left, top, right, bottom }: { left: number; top: number; right: number; bottom: number },
): Grid {
  const inside = { columns: right - left, rows: bottom - top };
  const kept = new Float64Array(inside.columns * inside.rows);
  for (let y = 0; y < inside.rows; y++) {
    const at = (top + y) * columns;
    kept.set(means.subarray(at + left, at + right), y * inside.columns);
  }
  return { ...inside, means: kept };
}
