// The precision at which figures leave a site: enough for pooling, too coarse to count pairs of patients. An exact AUC
// is a count of pairs divided by m * n, and repeated exact AUCs recover the labels (Whitehill, 2016).
import { type Estimate, estimate, mapEstimate } from './estimate.ts';

/** Rows in each class of the figure. */
export interface ClassRows {
  readonly positives: number;
  readonly negatives: number;
}

/** A step is `digit` times 10^-`decimals`. */
interface Step {
  readonly digit: 1 | 2 | 5;
  readonly decimals: number;
}

/** Finest step: 1e-12; coarsest: 0.05, which divides 0, one half and 1. */
const limits = { finest: 12, coarsest: { digit: 5, decimals: 2 } } as const;

/**
 * The step in which an AUC or an AUC difference leaves: of 1, 2 or 5 times a power of ten the one nearest, in ratio, to
 * a tenth of the standard error, so between 0.06 and 0.16 of it. Rounding then adds at most 0.3 percent to
 * the variance. A standard error of 0 (perfect separation, all scores tied) gives no scale: 1 / sqrt(m n) stands in for it.
 * @param standardError >= 0
 * @param rows m and n, each >= 1
 */
export function disclosedStep(standardError: number, rows: ClassRows): number {
  const { digit, decimals } = stepOf(standardError, rows);
  return decimal(digit, decimals);
}

/**
 * An AUC or difference as it may leave, rounded half away from zero: 0, one half and 1 stay as they are, and so does a
 * reason. Same input, same output on every machine.
 * @param variance of the value, unrounded; where there is none, the step of variance 0 is used.
 */
export function disclosedValue(value: Estimate, variance: Estimate, rows: ClassRows): Estimate {
  const standardError = variance.kind === 'estimate' ? Math.sqrt(Math.max(0, variance.value)) : 0;
  return mapEstimate(value, (exact) => {
    const { digit, decimals } = stepOf(standardError, rows);
    const steps = Math.round((Math.abs(exact) * 10 ** decimals) / digit);
    return steps === 0 ? 0 : Math.sign(exact) * decimal(steps * digit, decimals);
  });
}

/** A variance as it may leave: three significant digits; 0 stays 0. */
export function disclosedVariance(variance: Estimate): Estimate {
  return mapEstimate(variance, threeDigits);
}

/**
 * A covariance matrix as it may leave: three significant digits each, symmetric if it was. No variance falls below 0,
 * and no covariance exceeds the geometric mean of its two variances, so that the variance of every difference of two
 * curves is 0 or more. Contrasts of three curves and more may come out below 0 by half a percent of their variances.
 */
export function disclosedCovariance(covariance: readonly (readonly Estimate[])[]): Estimate[][] {
  const rounded = covariance.map((line) => line.map(disclosedVariance));
  return rounded.map((line, a) =>
    line.map((one, b) => {
      const [va, vb] = [rounded[a]![a]!, rounded[b]![b]!];
      if (a === b || one.kind !== 'estimate' || va.kind !== 'estimate' || vb.kind !== 'estimate') return one;
      const most = va.value * vb.value;
      if (one.value * one.value <= most) return one;
      return estimate(Math.sign(one.value) * threeDigitsDown(Math.sqrt(most)));
    }),
  );
}

function stepOf(standardError: number, { positives, negatives }: ClassRows): Step {
  const scale = standardError > 0 ? standardError : 1 / Math.sqrt(positives * negatives);
  const wanted = scale / 10;
  const power = Math.floor(Math.log10(wanted));
  const mantissa = wanted / 10 ** power;
  const [digit, decimals] =
    mantissa < Math.SQRT2
      ? ([1, -power] as const)
      : mantissa < Math.sqrt(10)
        ? ([2, -power] as const)
        : mantissa < Math.sqrt(50)
          ? ([5, -power] as const)
          : ([1, -power - 1] as const);
  if (decimals < 2) return limits.coarsest;
  return decimals > limits.finest ? { digit: 1, decimals: limits.finest } : { digit, decimals };
}

const decimal = (count: number, decimals: number): number => Number(`${count}e-${decimals}`);

const threeDigits = (value: number): number => (value === 0 ? 0 : Number(value.toPrecision(3)));

/** Towards zero. @param value > 0, or 0 */
function threeDigitsDown(value: number): number {
  const near = threeDigits(value);
  if (near <= value) return near;
  const unit = Math.floor(Math.log10(near)) - 2;
  return threeDigits(near - 10 ** unit);
}
