// The pictures that every site shows a model before it trusts it: exact float32 tensors from arithmetic alone.

// bound once: inside jest each use of a global is a slow lookup, and these run per pixel
const { floor, max, min } = Math;

/** ramp: diagonal gradient. checker: 16 px squares. plateau: a saturated L on a dim gradient, as a marker would be. */
export type CanaryPatternName = 'ramp' | 'checker' | 'plateau';

const CHECK_PX = 16;

/**
 * One grey plane in [lo, hi].
 * @returns row-major, `h * w` long; bit-identical on every IEEE 754 machine
 */
export function canaryPattern(
  pattern: CanaryPatternName,
  size: { h: number; w: number },
  [lo, hi]: readonly [number, number],
): Float32Array {
  const { h, w } = size;
  const plane = new Float32Array(h * w);
  for (let y = 0, i = 0; y < h; y++) {
    for (let x = 0; x < w; x++, i++) plane[i] = lo + (hi - lo) * brightness(pattern, x, y, w, h);
  }
  return plane;
}

/** The plane as a model input: replicated over the channels of the layout. */
export function canaryTensor(
  pattern: CanaryPatternName,
  image: { size: { h: number; w: number }; channels: number; layout: 'NCHW' | 'NHWC' },
  range: readonly [number, number],
): { data: Float32Array; dims: number[] } {
  const { size, channels, layout } = image;
  const plane = canaryPattern(pattern, size, range);
  const at = layout === 'NCHW' ? (i: number) => i % plane.length : (i: number) => floor(i / channels);
  const data = Float32Array.from({ length: plane.length * channels }, (_, i) => plane[at(i)]!);
  return { data, dims: layout === 'NCHW' ? [1, channels, size.h, size.w] : [1, size.h, size.w, channels] };
}

/** The hole that goes with a canary of an inpainter: the middle quarter of each side, 1 = hole. */
export function canaryMask(size: { h: number; w: number }): Float32Array {
  const middle = (i: number, side: number): boolean =>
    i >= floor((side * 3) / 8) && i < floor((side * 5) / 8);
  return Float32Array.from({ length: size.h * size.w }, (_, i) =>
    middle(i % size.w, size.w) && middle(floor(i / size.w), size.h) ? 1 : 0,
  );
}

/** In [0, 1]. */
function brightness(pattern: CanaryPatternName, x: number, y: number, w: number, h: number): number {
  const ramp = (x + y) / max(1, w + h - 2);
  switch (pattern) {
    case 'ramp':
      return ramp;
    case 'checker':
      return (floor(x / CHECK_PX) + floor(y / CHECK_PX)) % 2;
    case 'plateau':
      return onLetter(x, y, min(w, h) / 128) ? 1 : 0.1 + 0.3 * ramp;
  }
}

/** An L of 5 x 7 units with strokes of 1.5 units, its corner 12 units from the left and 10 from the top. */
function onLetter(x: number, y: number, unit: number): boolean {
  const u = x / unit - 12;
  const v = y / unit - 10;
  return u >= 0 && u < 5 && v >= 0 && v < 7 && (u < 1.5 || v >= 5.5);
}
