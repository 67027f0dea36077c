// One measured thing, as the table of `npm run bench` shows it.
export interface Line {
  readonly what: string;
  readonly measured: string;
  /** what it is compared with, in the same run */
  readonly reference: string;
  readonly ratio: string;
  /** what limits it, as far as the run shows */
  readonly limit: string;
}

export function median(values: readonly number[]): number {
  return quantile(values, 0.5);
}

/** @param q in [0, 1] */
export function quantile(values: readonly number[], q: number): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(q * sorted.length))] ?? NaN;
}

export const perSecond = (count: number, ms: number): number => (count * 1000) / ms;
export const round = (value: number): string =>
  value >= 100 ? Math.round(value).toLocaleString('en') : value.toPrecision(3);
