// Gaussian smoothing of a plane.
const { ceil, exp, fround, max, min, round, sqrt } = Math;

/** From this width on, two running means per direction take the kernel's place: the same cost for any width. */
const WIDE = 2;
/** Below this width nothing changes. */
const NONE = 0.2;

/** Row-major values. */
export interface Area {
  width: number;
  height: number;
  values: Float32Array;
}

/**
 * Separable Gaussian (Kovesi 2010 by running means when wide); the border repeats its outermost values.
 * @param sigma px; below 0.2 a copy is returned
 */
export function gaussianBlur(area: Area, sigma: number): Float32Array {
  if (sigma < NONE) return area.values.slice();
  if (sigma < WIDE) return kernelDown({ ...area, values: kernelAcross(area, sigma) }, sigma);
  const radius = meanRadius(sigma);
  const out = meanDown({ ...area, values: meanDown(area, radius) }, radius);
  meanAcrossTwice({ ...area, values: out }, radius);
  return out;
}

/** How far a pixel reaches, px. */
export function blurReach(sigma: number): number {
  if (sigma < NONE) return 0;
  return sigma < WIDE ? ceil(3 * sigma) : 2 * meanRadius(sigma);
}

function meanRadius(sigma: number): number {
  return max(1, round((sqrt(6 * sigma * sigma + 1) - 1) / 2));
}

/** Weights of one side and the middle, sum over both sides 1. */
function kernelOf(sigma: number): number[] {
  const radius = ceil(3 * sigma);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    exp(-((i - radius) ** 2) / (2 * sigma * sigma)),
  );
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  return kernel.map((weight) => weight / total);
}

function kernelAcross({ width, height, values }: Area, sigma: number): Float32Array {
  const kernel = kernelOf(sigma);
  const radius = (kernel.length - 1) / 2;
  const out = new Float32Array(values.length);
  // a row with its ends repeated: no test of the border per pixel
  const padded = new Float32Array(width + 2 * radius);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    padded.fill(values[row]!, 0, radius);
    padded.set(values.subarray(row, row + width), radius);
    padded.fill(values[row + width - 1]!, radius + width);
    for (let x = 0; x < width; x++) {
      let sum = 0;
      for (let k = 0; k < kernel.length; k++) sum = fround(sum + kernel[k]! * padded[x + k]!);
      out[row + x] = sum;
    }
  }
  return out;
}

/** Columns are walked row by row: neighbours in memory stay neighbours in time. */
function kernelDown({ width, height, values }: Area, sigma: number): Float32Array {
  const kernel = kernelOf(sigma);
  const radius = (kernel.length - 1) / 2;
  const out = new Float32Array(values.length);
  for (let y = 0; y < height; y++) {
    const row = y * width;
    for (let k = 0; k < kernel.length; k++) {
      const from = min(height - 1, max(0, y + k - radius)) * width;
      const weight = kernel[k]!;
      for (let x = 0; x < width; x++) out[row + x]! += weight * values[from + x]!;
    }
  }
  return out;
}

function meanDown({ width, height, values }: Area, radius: number): Float32Array {
  const out = new Float32Array(values.length);
  const sums = new Float64Array(width);
  const rowAt = (y: number): number => min(height - 1, max(0, y)) * width;
  for (let y = -radius; y <= radius; y++) {
    const row = rowAt(y);
    for (let x = 0; x < width; x++) sums[x]! += values[row + x]!;
  }
  const span = 2 * radius + 1;
  for (let y = 0; y < height; y++) {
    const [row, enter, leave] = [y * width, rowAt(y + radius + 1), rowAt(y - radius)];
    for (let x = 0; x < width; x++) {
      out[row + x] = sums[x]! / span;
      sums[x]! += values[enter + x]! - values[leave + x]!;
    }
  }
  return out;
}

/** In place, both means of a row while it is at hand. */
function meanAcrossTwice({ width, height, values }: Area, radius: number): void {
  const padded = new Float32Array(width + 2 * radius + 1);
  for (let y = 0; y < height; y++) {
    const row = values.subarray(y * width, (y + 1) * width);
    meanAcross(row, padded, radius);
    meanAcross(row, padded, radius);
  }
}

/** @param padded scratch for the row with its ends repeated */
function meanAcross(row: Float32Array, padded: Float32Array, radius: number): void {
  padded.fill(row[0]!, 0, radius);
  padded.set(row, radius);
  padded.fill(row[row.length - 1]!, radius + row.length);
  const span = 2 * radius + 1;
  let sum = 0;
  for (let k = 0; k < span; k++) sum += padded[k]!;
  for (let x = 0; x < row.length; x++) {
    row[x] = sum / span;
    sum += padded[x + span]! - padded[x]!;
  }
}
