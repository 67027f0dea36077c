// Which of several correlated values is the highest, and how sure that is.
import { type Seed, seededNormals } from './seeded-normals.ts';

export interface Ranked {
  /** share of draws in which no other is higher, 0..1; equal ones share a draw, so the shares add up to 1 */
  readonly best: number;
  /** 1 = highest; equal ones get the mean of their ranks */
  readonly meanRank: number;
}

/**
 * Draws of a normal with this mean[k] and covariance[k][k] (positive semi-definite up to rounding, which counts as 0), k >= 1.
 * The same seed gives the same shares.
 * @throws RangeError if the covariance is not k x k, a number is not finite, or draws is not a whole number >= 1.
 * Source: Salanti, Ades & Ioannidis, J Clin Epidemiol 2011;64:163-171 (rank probabilities).
 */
export function rankDraws(
  mean: readonly number[],
  covariance: readonly (readonly number[])[],
  draws: number,
  seed: Seed,
): Ranked[] {
  const k = mean.length;
  if (!Number.isSafeInteger(draws) || draws < 1) throw new RangeError(`draws must be a count >= 1: ${draws}`);
  if (covariance.length !== k || covariance.some((line) => line.length !== k))
    throw new RangeError(`the covariance must be ${k} x ${k}`);
  const foreign = [...mean, ...covariance.flat()].find((value) => !Number.isFinite(value));
  if (foreign !== undefined) throw new RangeError(`means and covariances must be finite: ${foreign}`);
  const root = semidefiniteRoot(covariance);
  const normal = seededNormals(seed);
  const [best, ranks] = [new Float64Array(k), new Float64Array(k)];
  const [noise, drawn] = [new Float64Array(k), new Float64Array(k)];
  for (let draw = 0; draw < draws; draw++) {
    for (let i = 0; i < k; i++) noise[i] = normal();
    for (let i = 0; i < k; i++) {
      let value = mean[i]!;
      for (let j = 0; j <= i; j++) value += root[i]![j]! * noise[j]!;
      drawn[i] = value;
    }
    count(drawn, best, ranks);
  }
  return Array.from(best, (shares, i) => ({ best: shares / draws, meanRank: ranks[i]! / draws }));
}

function count(drawn: Float64Array, best: Float64Array, ranks: Float64Array): void {
  for (let i = 0; i < drawn.length; i++) {
    let [higher, equal] = [0, 0];
    for (let j = 0; j < drawn.length; j++) {
      if (drawn[j]! > drawn[i]!) higher++;
      else if (drawn[j]! === drawn[i]!) equal++;
    }
    if (higher === 0) best[i]! += 1 / equal;
    ranks[i]! += higher + (equal + 1) / 2;
  }
}

/** Lower triangle L with L L' = covariance; what does not vary beside the rows before it adds nothing. */
function semidefiniteRoot(covariance: readonly (readonly number[])[]): number[][] {
  const root = covariance.map((line) => line.map(() => 0));
  for (let j = 0; j < root.length; j++) {
    let left = covariance[j]![j]!;
    for (let at = 0; at < j; at++) left -= root[j]![at]! ** 2;
    if (!(left > 1e-12 * covariance[j]![j]!)) continue;
    const pivot = Math.sqrt(left);
    root[j]![j] = pivot;
    for (let i = j + 1; i < root.length; i++) {
      let sum = covariance[i]![j]!;
      for (let at = 0; at < j; at++) sum -= root[i]![at]! * root[j]![at]!;
      root[i]![j] = sum / pivot;
    }
  }
  return root;
}
