// Maximum likelihood of logit P(y = 1) = offset + intercept + slope x, by Newton's method with halved steps.
import { expit } from '../interval.ts';

export interface LogisticLine {
  readonly intercept: number;
  readonly slope: number;
  /** inverse information at the solution: [var(intercept), covariance, var(slope)] */
  readonly covariance: readonly [number, number, number];
  /** -2 log likelihood */
  readonly deviance: number;
}

const mostSteps = 200;

/** Both free. The data must overlap (see `isSeparable`) and x must vary. */
export function fitLogisticLine(labels: ArrayLike<number>, x: ArrayLike<number>): LogisticLine {
  return solve(labels, x, [0, 0], (intercept, slope) => ({ intercept, slope }), 2);
}

/** Slope fixed at 1: the intercept with its variance. Both labels must occur. */
export function fitOffset(labels: ArrayLike<number>, x: ArrayLike<number>): LogisticLine {
  return solve(labels, x, [0, 1], (intercept) => ({ intercept, slope: 1 }), 1);
}

/** Whether a threshold on x parts the labels, completely or up to ties: no finite slope is then the best. */
export function isSeparable(labels: ArrayLike<number>, x: ArrayLike<number>): boolean {
  const low = [Infinity, Infinity];
  const high = [-Infinity, -Infinity];
  for (let row = 0; row < labels.length; row++) {
    const label = labels[row] === 1 ? 1 : 0;
    low[label] = Math.min(low[label]!, x[row]!);
    high[label] = Math.max(high[label]!, x[row]!);
  }
  return high[0]! <= low[1]! || high[1]! <= low[0]!;
}

interface Information {
  readonly deviance: number;
  readonly gradient: readonly [number, number];
  readonly hessian: readonly [number, number, number];
}

function solve(
  labels: ArrayLike<number>,
  x: ArrayLike<number>,
  start: readonly [number, number],
  place: (intercept: number, slope: number) => { intercept: number; slope: number },
  free: 1 | 2,
): LogisticLine {
  let at = place(...start);
  let here = informationAt(labels, x, at);
  for (let step = 0; step < mostSteps; step++) {
    const [byIntercept, bySlope] = newtonStep(here, free);
    let share = 1;
    let next = at;
    let there = here;
    for (; share > 1e-10; share /= 2) {
      next = place(at.intercept + share * byIntercept, at.slope + share * bySlope);
      there = informationAt(labels, x, next);
      // rounding may raise the deviance by a hair at the solution
      if (there.deviance <= here.deviance * (1 + 1e-14)) break;
    }
    [at, here] = [next, there];
    const size = Math.max(1, Math.abs(at.intercept), Math.abs(at.slope));
    if (Math.max(Math.abs(byIntercept), Math.abs(bySlope)) <= 1e-15 * size) break;
  }
  const [a, b, c] = here.hessian;
  const determinant = a * c - b * b;
  return {
    ...at,
    covariance: free === 1 ? [1 / a, 0, 0] : [c / determinant, -b / determinant, a / determinant],
    deviance: here.deviance,
  };
}

function newtonStep({ gradient, hessian }: Information, free: 1 | 2): readonly [number, number] {
  const [g0, g1] = gradient;
  const [a, b, c] = hessian;
  if (free === 1) return [g0 / a, 0];
  const determinant = a * c - b * b;
  return [(c * g0 - b * g1) / determinant, (a * g1 - b * g0) / determinant];
}

function informationAt(
  labels: ArrayLike<number>,
  x: ArrayLike<number>,
  { intercept, slope }: { intercept: number; slope: number },
): Information {
  let [deviance, g0, g1, a, b, c] = [0, 0, 0, 0, 0, 0];
  for (let row = 0; row < labels.length; row++) {
    const value = x[row]!;
    const line = intercept + slope * value;
    const label = labels[row]!;
    const residual = label === 1 ? expit(-line) : -expit(line);
    const weight = expit(line) * expit(-line);
    // ln(1 + exp(-|line|)) keeps its digits on both sides
    const towards = label === 1 ? line : -line;
    deviance += 2 * (Math.max(0, -towards) + Math.log1p(Math.exp(-Math.abs(towards))));
    g0 += residual;
    g1 += residual * value;
    a += weight;
    b += weight * value;
    c += weight * value * value;
  }
  return { deviance, gradient: [g0, g1], hessian: [a, b, c] };
}
