// Observed against predicted on bins that are fixed before any data: the same at every site, so they add.
import { type Estimate, estimate, notEstimable } from '../estimate.ts';

export interface ReliabilityBin {
  /** [lower, upper), the last one with its upper end */
  readonly lower: number;
  readonly upper: number;
  readonly n: number;
  readonly positives: number;
  /** sum of the probabilities in the bin */
  readonly expected: number;
}

export interface Reliability {
  readonly bins: ReliabilityBin[];
  /** mean over rows of |observed share - mean probability| of the row's bin, 0..1 */
  readonly expectedCalibrationError: number;
}

/**
 * Counts on `bins` equal bins of 0..1. labels[n] 0|1, probabilities[n] in 0..1; no rows: 'empty'.
 * @throws RangeError on other labels or probabilities, unequal lengths, or bins not an integer >= 1.
 * Source: DeGroot & Fienberg, The Statistician 1983;32:12-22; Naeini, Cooper & Hauskrecht, AAAI 2015 (the error).
 */
export function reliability(
  labels: ArrayLike<number>,
  probabilities: ArrayLike<number>,
  bins = 10,
): Estimate<Reliability> {
  if (!Number.isSafeInteger(bins) || bins < 1) throw new RangeError(`bins must be an integer >= 1: ${bins}`);
  const n = labels.length;
  if (probabilities.length !== n)
    throw new RangeError(`probabilities must be as many as labels: ${probabilities.length}, not ${n}`);
  if (n === 0) return notEstimable('empty');
  const counts = Array.from({ length: bins }, (_, at) => ({
    lower: at / bins,
    upper: (at + 1) / bins,
    n: 0,
    positives: 0,
    expected: 0,
  }));
  for (let row = 0; row < n; row++) {
    const [y, p] = [labels[row]!, probabilities[row]!];
    if (y !== 0 && y !== 1) throw new RangeError(`labels must be 0 or 1: ${String(y)} in row ${row}`);
    if (!(p >= 0 && p <= 1)) throw new RangeError(`probabilities must lie in [0, 1]: ${p} in row ${row}`);
    const bin = counts[binOf(p, bins)]!;
    bin.n += 1;
    bin.positives += y;
    bin.expected += p;
  }
  const off = counts.reduce((sum, bin) => sum + Math.abs(bin.positives - bin.expected), 0);
  return estimate({ bins: counts, expectedCalibrationError: off / n });
}

/** By the edges as they are in floating point: 0.3 belongs to the bin whose lower edge reads 0.3. */
function binOf(p: number, bins: number): number {
  let at = Math.min(bins - 1, Math.floor(p * bins));
  if (p < at / bins) at--;
  else if (at + 1 < bins && p >= (at + 1) / bins) at++;
  return at;
}
