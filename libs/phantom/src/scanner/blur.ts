// Gaussian smoothing of a square plane.
const { ceil, exp, max, min, round, sqrt } = Math;

/** From this width on, two running means per direction take the kernel's place: the same cost for any width. */
const WIDE = 2;

/**
 * Separable Gaussian (Kovesi 2010 by running means when wide); the border repeats its outermost values.
 * @param sigma px; below 0.2 the plane itself is returned
 */
export function gaussianBlur(plane: Float32Array, side: number, sigma: number): Float32Array {
  if (sigma < 0.2) return plane;
  if (sigma < WIDE)
    return alongColumns(transpose(alongColumns(transpose(plane, side), side, sigma), side), side, sigma);
  const radius = max(1, round((sqrt(6 * sigma * sigma + 1) - 1) / 2));
  let out = plane;
  for (let direction = 0; direction < 2; direction++) {
    out = transpose(meanOfColumns(meanOfColumns(out, side, radius), side, radius), side);
  }
  return out;
}

/** Columns are walked row by row: neighbours in memory stay neighbours in time. */
function alongColumns(plane: Float32Array, side: number, sigma: number): Float32Array {
  const radius = ceil(3 * sigma);
  const kernel = Array.from({ length: 2 * radius + 1 }, (_, i) =>
    exp(-((i - radius) ** 2) / (2 * sigma * sigma)),
  );
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  const out = new Float32Array(plane.length);
  for (let y = 0; y < side; y++) {
    const row = y * side;
    for (let k = -radius; k <= radius; k++) {
      const from = min(side - 1, max(0, y + k)) * side;
      const weight = kernel[k + radius]! / total;
      for (let x = 0; x < side; x++) out[row + x]! += weight * plane[from + x]!;
    }
  }
  return out;
}

function meanOfColumns(plane: Float32Array, side: number, radius: number): Float32Array {
  const out = new Float32Array(plane.length);
  const sums = new Float64Array(side);
  const rowAt = (y: number): number => min(side - 1, max(0, y)) * side;
  for (let y = -radius; y <= radius; y++) {
    const row = rowAt(y);
    for (let x = 0; x < side; x++) sums[x]! += plane[row + x]!;
  }
  const width = 2 * radius + 1;
  for (let y = 0; y < side; y++) {
    const [row, enter, leave] = [y * side, rowAt(y + radius + 1), rowAt(y - radius)];
    for (let x = 0; x < side; x++) {
      out[row + x] = sums[x]! / width;
      sums[x]! += plane[enter + x]! - plane[leave + x]!;
    }
  }
  return out;
}

function transpose(plane: Float32Array, side: number): Float32Array {
  const out = new Float32Array(plane.length);
  for (let y = 0; y < side; y++) {
    for (let x = 0; x < side; x++) out[x * side + y] = plane[y * side + x]!;
  }
  return out;
}
