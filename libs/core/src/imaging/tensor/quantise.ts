// Rounding as 8-bit pipelines do it.

// bound once: inside jest each use of a global is a slow lookup, and these run per pixel
const { floor, round } = Math;

/** half-up: OpenCV, Pillow. half-even: `numpy.round`, `torch.round`. truncate: a cast, `astype(uint8)`. */
export type Rounding = 'half-up' | 'half-even' | 'truncate';

/** To whole numbers of 0..255, in place; what lies beyond saturates. */
export function toBytes(values: Float32Array | Float64Array, rounding: Rounding = 'half-up'): void {
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    const held = value > 0 ? (value < 255 ? value : 255) : 0;
    values[i] =
      rounding === 'half-up' ? floor(held + 0.5) : rounding === 'truncate' ? floor(held) : halfEven(held);
  }
}

/** Python's `round`: to the nearest whole number, ties to the even one. */
export function halfEven(value: number): number {
  return value % 1 === 0.5 || value % 1 === -0.5 ? 2 * round(value / 2) : round(value);
}
