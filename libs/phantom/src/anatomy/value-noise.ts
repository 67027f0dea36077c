// Smooth texture: random numbers on a coarse lattice, interpolated.
import type { Random } from '../random.ts';

// bound once: inside jest each use of a global is a slow lookup, and these run per pixel
const { floor } = Math;

/** Row y of a plane of smooth noise, values in [-1, 1]; rows are asked for from the top, each answer is overwritten by the next. */
export type NoiseRows = (y: number) => Float32Array;

/**
 * A square of smooth noise, made row by row: lattice rows are interpolated once, film rows between two of them.
 * @param size px along each side
 * @param cells lattice cells along each side, >= 1; more cells, finer grain
 */
export function valueNoise(size: number, cells: number, random: Random): NoiseRows {
  const stride = cells + 1;
  const lattice = new Float32Array(stride * stride);
  for (let i = 0; i < lattice.length; i++) lattice[i] = random.between(-1, 1);
  const { index, ease } = steps(size, cells);
  const along = (into: Float64Array, from: number): void => {
    for (let x = 0; x < size; x++) {
      const at = from + index[x]!;
      into[x] = lattice[at]! + ease[x]! * (lattice[at + 1]! - lattice[at]!);
    }
  };
  const [top, bottom] = [new Float64Array(size), new Float64Array(size)];
  const row = new Float32Array(size);
  let held = -1;
  return (y) => {
    if (index[y]! !== held) {
      held = index[y]!;
      along(top, held * stride);
      along(bottom, (held + 1) * stride);
    }
    const ty = ease[y]!;
    for (let x = 0; x < size; x++) row[x] = top[x]! + ty * (bottom[x]! - top[x]!);
    return row;
  };
}

/** The cell of each pixel along one side, and how far it lies from there to the next, eased at both ends. */
function steps(size: number, cells: number): { index: Int32Array; ease: Float32Array } {
  const step = cells / size;
  const index = new Int32Array(size);
  const ease = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    const at = i * step;
    index[i] = floor(at);
    const t = at - index[i]!;
    ease[i] = t * t * (3 - 2 * t);
  }
  return { index, ease };
}
