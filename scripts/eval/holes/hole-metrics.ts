// How good the inside of a filled hole is, against the truth that a phantom knows. Pure.

/** A square window of film values around a hole. */
export interface Window {
  width: number;
  height: number;
  /** the film as it would be without a marker */
  truth: Float64Array;
  /** the film as it was filled */
  filled: Float64Array;
  /** 1 = hole */
  hole: Uint8Array;
  /** range of the true film, for PSNR */
  peak: number;
}

export interface HoleQuality {
  /** mean squared error in the hole over peak squared */
  mse: number;
  /** the same after a Gaussian blur of 2 px of both */
  blurredMse: number;
  /** mean structural similarity (Wang et al. 2004) over hole pixels */
  ssim: number;
  /** standard deviation of the fine detail in the hole, filled over true */
  detailRatio: number;
  /** mean absolute step across the rim of the hole, filled over true */
  seamRatio: number;
}

const BLUR_PX = 2;
const SSIM_RADIUS = 3;
const K1 = 0.01;
const K2 = 0.03;

export function holeQuality(window: Window): HoleQuality {
  const { truth, filled, width, height } = window;
  const blurred = { truth: gaussian(truth, width, height), filled: gaussian(filled, width, height) };
  const fine = (plane: Float64Array, smooth: Float64Array) => plane.map((value, i) => value - smooth[i]!);
  const detail = {
    truth: deviation(fine(truth, boxMean(truth, width, height, 1)), window.hole),
    filled: deviation(fine(filled, boxMean(filled, width, height, 1)), window.hole),
  };
  return {
    mse: meanSquare(truth, filled, window),
    blurredMse: meanSquare(blurred.truth, blurred.filled, window),
    ssim: meanSsim(window),
    detailRatio: detail.filled / Math.max(detail.truth, 1e-9),
    seamRatio: seam(filled, window) / Math.max(seam(truth, window), 1e-9),
  };
}

/** Decibels of a mean squared error relative to the peak. */
export function psnr(mse: number): number {
  return -10 * Math.log10(Math.max(mse, 1e-12));
}

function meanSquare(a: Float64Array, b: Float64Array, { hole, peak }: Window): number {
  let sum = 0;
  let count = 0;
  hole.forEach((inside, i) => {
    if (inside === 0) return;
    sum += ((a[i]! - b[i]!) / peak) ** 2;
    count++;
  });
  return sum / count;
}

function deviation(plane: Float64Array, hole: Uint8Array): number {
  let [sum, square, count] = [0, 0, 0];
  hole.forEach((inside, i) => {
    if (inside === 0) return;
    sum += plane[i]!;
    square += plane[i]! ** 2;
    count++;
  });
  return Math.sqrt(Math.max(0, square / count - (sum / count) ** 2));
}

/** Wang, Bovik, Sheikh, Simoncelli 2004, equation 13, with a uniform 7 x 7 window. */
function meanSsim({ truth, filled, hole, width, height, peak }: Window): number {
  const mean = (plane: Float64Array) => boxMean(plane, width, height, SSIM_RADIUS);
  const times = (a: Float64Array, b: Float64Array) => a.map((value, i) => value * b[i]!);
  const [ma, mb] = [mean(truth), mean(filled)];
  const [saa, sbb, sab] = [
    mean(times(truth, truth)),
    mean(times(filled, filled)),
    mean(times(truth, filled)),
  ];
  const [c1, c2] = [(K1 * peak) ** 2, (K2 * peak) ** 2];
  let sum = 0;
  let count = 0;
  hole.forEach((inside, i) => {
    if (inside === 0) return;
    const [a, b] = [ma[i]!, mb[i]!];
    const [va, vb, vab] = [saa[i]! - a * a, sbb[i]! - b * b, sab[i]! - a * b];
    sum += ((2 * a * b + c1) * (2 * vab + c2)) / ((a * a + b * b + c1) * (va + vb + c2));
    count++;
  });
  return sum / count;
}

/** Mean absolute difference between neighbours of which one is in the hole. */
function seam(plane: Float64Array, { hole, width }: Window): number {
  let sum = 0;
  let count = 0;
  const step = (i: number, j: number): void => {
    if (hole[j] === undefined || hole[i] === hole[j]) return;
    sum += Math.abs(plane[i]! - plane[j]!);
    count++;
  };
  hole.forEach((_, i) => {
    if ((i + 1) % width !== 0) step(i, i + 1);
    step(i, i + width);
  });
  return count === 0 ? 0 : sum / count;
}

/** Mean over (2 radius + 1) squared, cut at the border. */
export function boxMean(plane: Float64Array, width: number, height: number, radius: number): Float64Array {
  const table = new Float64Array((width + 1) * (height + 1));
  for (let y = 0; y < height; y++) {
    let row = 0;
    for (let x = 0; x < width; x++) {
      row += plane[y * width + x]!;
      table[(y + 1) * (width + 1) + x + 1] = table[y * (width + 1) + x + 1]! + row;
    }
  }
  const at = (x: number, y: number): number => table[y * (width + 1) + x]!;
  return plane.map((_, i) => {
    const x = i % width;
    const y = (i - x) / width;
    const [x1, x2] = [Math.max(0, x - radius), Math.min(width, x + radius + 1)];
    const [y1, y2] = [Math.max(0, y - radius), Math.min(height, y + radius + 1)];
    return (at(x2, y2) - at(x1, y2) - at(x2, y1) + at(x1, y1)) / ((x2 - x1) * (y2 - y1));
  });
}

function gaussian(plane: Float64Array, width: number, height: number): Float64Array {
  const reach = 3 * BLUR_PX;
  const kernel = Array.from({ length: 2 * reach + 1 }, (_, k) =>
    Math.exp(-((k - reach) ** 2) / (2 * BLUR_PX ** 2)),
  );
  const along = (source: Float64Array, dx: number, dy: number): Float64Array =>
    source.map((_, i) => {
      const x = i % width;
      const y = (i - x) / width;
      let sum = 0;
      let weight = 0;
      for (let k = -reach; k <= reach; k++) {
        const [px, py] = [x + k * dx, y + k * dy];
        if (px < 0 || py < 0 || px >= width || py >= height) continue;
        sum += kernel[k + reach]! * source[py * width + px]!;
        weight += kernel[k + reach]!;
      }
      return sum / weight;
    });
  return along(along(plane, 1, 0), 0, 1);
}
