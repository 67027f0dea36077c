// Edges of a patch, for inpainters that want them drawn (EdgeConnect): Canny, IEEE PAMI 8 (1986), with the choices of
// scikit-image's `canny(image, sigma, low, high, mask)`, which EdgeConnect was trained with.

export interface CannySpec {
  /** of the Gaussian, px; EdgeConnect: 2 */
  sigma: number;
  /** of the gradient (Sobel) of an image in [0, 1] */
  low: number;
  high: number;
}

export const edgeConnectCanny: CannySpec = { sigma: 2, low: 0.1, high: 0.2 };

interface Grid {
  width: number;
  height: number;
}

/**
 * 1 on an edge, 0 elsewhere; none in the hole nor on its rim, and none on the border.
 * @param image in [0, 1], row-major
 * @param hole 1 = not known
 */
export function cannyEdges(
  image: Float32Array,
  hole: Float32Array,
  grid: Grid,
  { sigma, low, high }: CannySpec = edgeConnectCanny,
): Float32Array {
  const known = Float64Array.from(hole, (one) => 1 - one);
  const smooth = smoothed(Float64Array.from(image), known, grid, sigma);
  const dx = sobel(smooth, grid, true);
  const dy = sobel(smooth, grid, false);
  const strength = Float64Array.from(dx, (x, i) => Math.hypot(x, dy[i]!));
  const ridge = ridges(strength, dx, dy, eroded(known, grid), grid, low);
  return followed(ridge, grid, high);
}

/** Gaussian of the known pixels only (normalised convolution), cut at four sigma. */
function smoothed(image: Float64Array, known: Float64Array, grid: Grid, sigma: number): Float64Array {
  const reach = Math.floor(4 * sigma + 0.5);
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-((k - reach) ** 2) / (2 * sigma ** 2)),
  );
  const total = kernel.reduce((sum, weight) => sum + weight, 0);
  const weights = kernel.map((weight) => weight / total);
  const twice = (plane: Float64Array): Float64Array =>
    convolved(convolved(plane, grid, weights, 0, 1), grid, weights, 1, 0);
  const sum = twice(image.map((value, i) => value * known[i]!));
  const share = twice(known);
  return sum.map((value, i) => value / (share[i]! + Number.EPSILON));
}

/** Along one axis; 0 beyond the border. */
function convolved(
  plane: Float64Array,
  { width, height }: Grid,
  weights: readonly number[],
  stepX: number,
  stepY: number,
): Float64Array {
  const reach = (weights.length - 1) / 2;
  const out = new Float64Array(plane.length);
  for (let y = 0, i = 0; y < height; y++) {
    for (let x = 0; x < width; x++, i++) {
      for (let k = -reach; k <= reach; k++) {
        const [px, py] = [x + k * stepX, y + k * stepY];
        if (px >= 0 && py >= 0 && px < width && py < height)
          out[i]! += weights[k + reach]! * plane[py * width + px]!;
      }
    }
  }
  return out;
}

/** Derivative -1 0 1 along one axis, smoothed 1 2 1 along the other; the border pixel is repeated. */
function sobel(plane: Float64Array, { width, height }: Grid, alongX: boolean): Float64Array {
  const at = (x: number, y: number): number =>
    plane[Math.min(height - 1, Math.max(0, y)) * width + Math.min(width - 1, Math.max(0, x))]!;
  return plane.map((_, i) => {
    const x = i % width;
    const y = (i - x) / width;
    const slope = (k: number): number =>
      alongX ? at(x + 1, y + k) - at(x - 1, y + k) : at(x + k, y + 1) - at(x + k, y - 1);
    return slope(-1) + 2 * slope(0) + slope(1);
  });
}

/** Known pixels whose eight neighbours are known; the border has too few of them. */
function eroded(known: Float64Array, { width, height }: Grid): Uint8Array {
  const out = new Uint8Array(known.length);
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      let whole = 1;
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) if (known[(y + dy) * width + x + dx] !== 1) whole = 0;
      }
      out[y * width + x] = whole;
    }
  }
  return out;
}

/** The strength where it is a maximum along the gradient, with its neighbours interpolated; 0 elsewhere. */
function ridges(
  strength: Float64Array,
  dx: Float64Array,
  dy: Float64Array,
  allowed: Uint8Array,
  { width }: Grid,
  low: number,
): Float64Array {
  return strength.map((here, i) => {
    if (allowed[i] === 0 || here < low) return 0;
    const [gx, gy] = [dx[i]!, dy[i]!];
    const [ax, ay] = [Math.abs(gx), Math.abs(gy)];
    if (ax === 0 && ay === 0) return 0;
    const sameSign = (gx >= 0 && gy >= 0) || (gx <= 0 && gy <= 0);
    const steep = sameSign ? ay > ax : ay >= ax;
    const diagonal = sameSign ? width + 1 : 1 - width;
    const straight = steep ? (sameSign ? width : -width) : 1;
    const share = steep ? ax / ay : ay / ax;
    const beside = (sign: 1 | -1): number =>
      strength[i + sign * diagonal]! * share + strength[i + sign * straight]! * (1 - share);
    return beside(1) <= here && beside(-1) <= here ? here : 0;
  });
}

/** Hysteresis: ridges that are joined to one of strength `high` or more. */
function followed(ridge: Float64Array, { width, height }: Grid, high: number): Float32Array {
  const edges = new Float32Array(ridge.length);
  const open: number[] = [];
  const take = (i: number): void => {
    if (edges[i] === 1 || ridge[i] === 0) return;
    edges[i] = 1;
    open.push(i);
  };
  ridge.forEach((strength, i) => {
    if (strength >= high) take(i);
  });
  for (let i = open.pop(); i !== undefined; i = open.pop()) {
    const x = i % width;
    const y = (i - x) / width;
    for (let py = Math.max(0, y - 1); py <= Math.min(height - 1, y + 1); py++) {
      for (let px = Math.max(0, x - 1); px <= Math.min(width - 1, x + 1); px++) take(py * width + px);
    }
  }
  return edges;
}
