// Which source pixels make an output pixel, and with what weight. Half-pixel centres (align_corners = false).

export type Interpolation = 'bilinear' | 'area' | 'nearest' | 'bicubic';

export interface ResizeOptions {
  interpolation: Interpolation;
  /** bilinear and bicubic: the kernel widens with the reduction, as in Pillow; without it fine detail aliases */
  antialias: boolean;
}

/** For each output index i: source indices from `first[i]` on, with weights `from[i]` to `from[i + 1]`. */
export interface Taps {
  first: Int32Array;
  /** one longer than `first` */
  from: Int32Array;
  /** each run sums to 1, at the borders too */
  weights: Float64Array;
}

/** The taps of one side of `size` px made into `dstSize` px. */
export function tapsFor(size: number, dstSize: number, options: ResizeOptions): Taps {
  const ratio = size / dstSize;
  const first = new Int32Array(dstSize);
  const from = new Int32Array(dstSize + 1);
  const weights: number[] = [];
  for (let i = 0; i < dstSize; i++) {
    const [start, run] = tapsAt(i, ratio, size, options);
    const total = run.reduce((sum, weight) => sum + weight, 0);
    first[i] = start;
    for (const weight of run) weights.push(weight / total);
    from[i + 1] = weights.length;
  }
  return { first, from, weights: Float64Array.from(weights) };
}

/** Source indices that any output index reads, ascending. */
export function sourcesOf({ first, from }: Taps, size: number): Int32Array {
  const read = new Uint8Array(size);
  first.forEach((start, i) => read.fill(1, start, start + from[i + 1]! - from[i]!));
  return Int32Array.from(read.keys()).filter((i) => read[i] === 1);
}

function tapsAt(i: number, ratio: number, size: number, options: ResizeOptions): [number, number[]] {
  const { interpolation, antialias } = options;
  if (interpolation === 'nearest') return [Math.min(size - 1, Math.floor((i + 0.5) * ratio)), [1]];
  if (interpolation === 'area') {
    const from = i * ratio;
    const to = Math.min(size, from + ratio);
    const start = Math.min(size - 1, Math.floor(from));
    const run: number[] = [];
    for (let k = start; k < Math.min(size, Math.ceil(to)); k++)
      run.push(Math.min(to, k + 1) - Math.max(from, k));
    return [start, run];
  }
  const stretch = antialias ? Math.max(1, ratio) : 1;
  const kernel = interpolation === 'bicubic' ? cubic : triangle;
  const support = stretch * (interpolation === 'bicubic' ? 2 : 1);
  const centre = (i + 0.5) * ratio - 0.5;
  const start = Math.min(size - 1, Math.max(0, Math.ceil(centre - support)));
  const end = Math.max(start, Math.min(size - 1, Math.floor(centre + support)));
  const run: number[] = [];
  for (let k = start; k <= end; k++) run.push(kernel(Math.abs(k - centre) / stretch));
  return [start, run];
}

function triangle(distance: number): number {
  return Math.max(0, 1 - distance);
}

/** Keys' kernel with a = -0.5, as in Pillow. */
function cubic(distance: number): number {
  if (distance < 1) return (1.5 * distance - 2.5) * distance * distance + 1;
  if (distance < 2) return ((-0.5 * distance + 2.5) * distance - 4) * distance + 2;
  return 0;
}
