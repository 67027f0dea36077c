// Smooth texture: random numbers on a coarse lattice, interpolated.
import type { Random } from '../random.ts';

// bound once: inside jest each use of a global is a slow lookup, and these run per pixel
const { floor } = Math;

/**
 * A plane of smooth noise, values in [-1, 1].
 * @param cells lattice cells along each side, >= 1; more cells, finer grain
 * @returns row-major, `size * size`
 */
export function valueNoise(size: number, cells: number, random: Random): Float32Array {
  const stride = cells + 1;
  const lattice = Float32Array.from({ length: stride * stride }, () => random.between(-1, 1));
  const step = cells / size;
  const index = new Int32Array(size);
  const ease = new Float32Array(size);
  for (let i = 0; i < size; i++) {
    index[i] = floor(i * step);
    const t = i * step - index[i]!;
    ease[i] = t * t * (3 - 2 * t);
  }
  const plane = new Float32Array(size * size);
  for (let y = 0, i = 0; y < size; y++) {
    const row = index[y]! * stride;
    const ty = ease[y]!;
    for (let x = 0; x < size; x++, i++) {
      const at = row + index[x]!;
      const tx = ease[x]!;
      const top = lattice[at]! + tx * (lattice[at + 1]! - lattice[at]!);
      const bottom = lattice[at + stride]! + tx * (lattice[at + stride + 1]! - lattice[at + stride]!);
      plane[i] = top + ty * (bottom - top);
    }
  }
  return plane;
}
