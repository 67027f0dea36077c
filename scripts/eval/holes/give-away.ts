// Can a small classifier tell where a hole was? Logistic regression on what the eye goes by: fine detail inside against
// around, the step at the rim, flatness. 0.5 = it cannot, 1 = always.
import { auc } from '@sidemark/core/stats';

/** A place with a hole-shaped region in it, filled or untouched. */
export interface Place {
  features: readonly number[];
  filled: boolean;
}

const STEPS = 400;
const RATE = 0.5;
const PENALTY = 1e-3;

/** AUC on the second half of the places, trained on the first. @throws RangeError with fewer than 8 places a half */
export function giveAway(places: readonly Place[]): number {
  const half = Math.floor(places.length / 2);
  if (half < 8) throw new RangeError(`invalid places; at least 16 are needed: ${places.length}`);
  const scale = standardise(places.slice(0, half));
  const rows = places.map(({ features }) => scale(features));
  const weights = fit(
    rows.slice(0, half),
    places.slice(0, half).map(({ filled }) => filled),
  );
  const scores = rows.slice(half).map((row) => dot(weights, row));
  const labels = places.slice(half).map(({ filled }) => (filled ? 1 : 0));
  const separated = auc(scores, labels);
  if (separated.kind !== 'estimate') throw new RangeError('invalid places; the second half needs both kinds');
  return Math.max(separated.value, 1 - separated.value);
}

function standardise(places: readonly Place[]): (features: readonly number[]) => number[] {
  const width = places[0]!.features.length;
  const moments = Array.from({ length: width }, (_, k) => {
    const values = places.map(({ features }) => features[k]!);
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
    return { mean, deviation: Math.sqrt(variance) || 1 };
  });
  // a leading 1 for the intercept
  return (features) => [1, ...features.map((value, k) => (value - moments[k]!.mean) / moments[k]!.deviation)];
}

/** Ridge-penalised maximum likelihood by gradient ascent. */
function fit(rows: readonly number[][], filled: readonly boolean[]): number[] {
  let weights = rows[0]!.map(() => 0);
  for (let step = 0; step < STEPS; step++) {
    const gradient = weights.map((weight) => -PENALTY * weight);
    rows.forEach((row, i) => {
      const error = (filled[i] ? 1 : 0) - 1 / (1 + Math.exp(-dot(weights, row)));
      row.forEach((value, k) => (gradient[k]! += (error * value) / rows.length));
    });
    weights = weights.map((weight, k) => weight + RATE * gradient[k]!);
  }
  return weights;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, k) => sum + value * b[k]!, 0);
}
