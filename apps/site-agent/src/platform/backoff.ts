// How long to wait before the next try.

const firstMs = 1000;
const capMs = 30_000;

/**
 * Doubling pause with jitter, so that sites cut off together do not come back together.
 * @param attempt failures so far, 1 for the first.
 * @param fraction uniform in [0, 1).
 * @returns milliseconds between half and the whole of min(30 s, 1 s doubled `attempt - 1` times).
 */
export function backoffMs(attempt: number, fraction: number): number {
  const whole = Math.min(capMs, firstMs * 2 ** Math.min(attempt - 1, 16));
  return Math.round(whole * (0.5 + fraction / 2));
}
