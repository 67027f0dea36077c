// Questions to several correlated curves at once, from their AUCs and covariance alone: what a report carries is enough.
import { chiSquareUpperTail } from '../chi-square.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';

export interface Contrast {
  /** sum of weight x AUC */
  readonly value: number;
  /** >= 0; rounding of reported covariances below 0 is taken as 0 */
  readonly variance: number;
}

/**
 * L'A with variance L'SL for the weights L, one per curve: (1, -1, 0) is the difference of the first two, (-1, 1, 0) with
 * (0, -1, 1) splits a total into parts that add up. Curves of weight 0 need no estimate; others keep their reason.
 * @throws RangeError if weights are not finite or not as many as curves.
 * Source: DeLong et al., Biometrics 1988;44:837-845, eq. 5. For row-level scores use `pairedDifference`: more digits.
 */
export function contrastOf(
  auc: readonly Estimate[],
  covariance: readonly (readonly Estimate[])[],
  weights: readonly number[],
): Estimate<Contrast> {
  if (weights.length !== auc.length)
    throw new RangeError(`weights must be as many as curves: ${weights.length}, not ${auc.length}`);
  const foreign = weights.find((weight) => !Number.isFinite(weight));
  if (foreign !== undefined) throw new RangeError(`weights must be finite: ${foreign}`);
  let [value, variance] = [0, 0];
  for (const [i, weight] of weights.entries()) {
    if (weight === 0) continue;
    const area = auc[i]!;
    if (area.kind !== 'estimate') return area;
    value += weight * area.value;
    for (const [j, other] of weights.entries()) {
      if (other === 0) continue;
      const one = covariance[i]![j]!;
      if (one.kind !== 'estimate') return one;
      variance += weight * other * one.value;
    }
  }
  return estimate({ value, variance: Math.max(0, variance) });
}

export interface EqualCurves {
  /** >= 0; Infinity where curves without variance differ */
  readonly statistic: number;
  /** rank of the covariance of the differences */
  readonly df: number;
  readonly p: number;
}

// a difference whose variance is this small beside the largest one has none: what is left is rounding
const negligible = 1e-10;

/**
 * Are all AUCs equal? Chi-square of the differences from the first curve, (LA)' (L S L')^+ (LA). Fewer than two curves:
 * 'empty'; no difference varies and none differs: 'zero-variance'.
 * Source: DeLong et al. 1988, eq. 6.
 */
export function equalCurves(
  auc: readonly Estimate[],
  covariance: readonly (readonly Estimate[])[],
): Estimate<EqualCurves> {
  if (auc.length < 2) return notEstimable('empty');
  for (const one of [...auc, ...covariance.flat()]) if (one.kind !== 'estimate') return one;
  const s = (i: number, j: number): number => valueOf(covariance[i]![j]!);
  const others = auc.slice(1).map((_, at) => at + 1);
  const d = others.map((i) => valueOf(auc[i]!) - valueOf(auc[0]!));
  const v = others.map((i) => others.map((j) => s(i, j) - s(i, 0) - s(0, j) + s(0, 0)));
  return solve(v, d);
}

/** Elimination by the largest remaining variance; what varies no more must not differ either. */
function solve(v: number[][], d: number[]): Estimate<EqualCurves> {
  const smallest = negligible * Math.max(...v.map((line, i) => line[i]!));
  const left = new Set(d.keys());
  let [statistic, df] = [0, 0];
  while (left.size > 0) {
    const pivot = [...left].reduce((best, at) => (v[at]![at]! > v[best]![best]! ? at : best));
    const variance = v[pivot]![pivot]!;
    if (!(variance > smallest)) {
      if ([...left].some((at) => Math.abs(d[at]!) > negligible)) statistic = Infinity;
      break;
    }
    left.delete(pivot);
    statistic += (d[pivot]! / variance) * d[pivot]!;
    df++;
    for (const i of left) {
      const share = v[i]![pivot]! / variance;
      d[i]! -= share * d[pivot]!;
      for (const j of left) v[i]![j]! -= share * v[pivot]![j]!;
    }
  }
  if (df === 0 && statistic === 0) return notEstimable('zero-variance');
  return estimate({ statistic, df, p: chiSquareUpperTail(statistic, Math.max(1, df)) });
}

const valueOf = (from: Estimate): number => (from.kind === 'estimate' ? from.value : NaN);
