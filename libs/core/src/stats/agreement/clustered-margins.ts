// The test of equal margins when a patient has several images: disagreements of one patient count as one vector.
import { homogeneity, type MarginalHomogeneity } from './stuart-maxwell.ts';

/**
 * As `stuartMaxwell`, with the covariance S = sum over patients of D D', D = sum over the patient's images of e_a - e_b.
 * first[i], second[i]: categories 0..k-1 of row i; clusters[i]: integer patient of row i. One image per patient gives
 * `stuartMaxwell` itself. Rank and statistic are solved in whole numbers.
 * @throws RangeError if lengths differ, a category is not in 0..k-1, a cluster is no integer, or k < 1.
 * Source: the sandwich of Liang & Zeger, Biometrika 1986;73:13-22, for the margins; independence gives Stuart 1955.
 */
export function stuartMaxwellClustered(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  clusters: ArrayLike<number>,
  k: number,
): MarginalHomogeneity {
  const byPatient = patientSums(first, second, clusters, k);
  const marginDifference = Array.from({ length: k }, () => 0);
  const covariance = marginDifference.map(() => marginDifference.map(() => 0n));
  for (const sums of byPatient) {
    sums.forEach((a, i) => {
      marginDifference[i]! += a;
      if (a !== 0) sums.forEach((b, j) => (covariance[i]![j]! += BigInt(a * b)));
    });
  }
  return homogeneity({ ...integerForm(covariance, marginDifference.map(BigInt)), marginDifference });
}

function patientSums(
  first: ArrayLike<number>,
  second: ArrayLike<number>,
  clusters: ArrayLike<number>,
  k: number,
): Iterable<number[]> {
  if (!Number.isSafeInteger(k) || k < 1) throw new RangeError(`k must be an integer >= 1: ${k}`);
  if (first.length !== second.length || first.length !== clusters.length)
    throw new RangeError(`lists must be as long: ${first.length}, ${second.length}, ${clusters.length}`);
  const sums = new Map<number, number[]>();
  for (let row = 0; row < first.length; row++) {
    const [a, b, patient] = [first[row]!, second[row]!, clusters[row]!];
    for (const category of [a, b])
      if (!Number.isInteger(category) || category < 0 || category >= k)
        throw new RangeError(`categories must be 0..${k - 1}: ${category} in row ${row}`);
    if (!Number.isSafeInteger(patient))
      throw new RangeError(`clusters must be integers: ${patient} in row ${row}`);
    const own = sums.get(patient) ?? Array.from({ length: k }, () => 0);
    own[a]! += 1;
    own[b]! -= 1;
    sums.set(patient, own);
  }
  return sums.values();
}

/**
 * d' S^+ d and the rank of a positive semidefinite integer matrix with d in its range, by fraction-free elimination
 * (Bareiss, Math Comp 1968;22:565-578): a pivot of 0 means that its row is 0 and so is what is left of d.
 */
function integerForm(s: bigint[][], d: bigint[]): { statistic: number; df: number } {
  let previous = 1n;
  let [statistic, df] = [0, 0];
  for (let at = 0; at < d.length; at++) {
    const pivot = s[at]![at]!;
    if (pivot === 0n) continue;
    // both are scaled by the pivot before: (d / previous)^2 / (pivot / previous)
    statistic += ratio(d[at]! * d[at]!, pivot * previous);
    df++;
    for (let i = at + 1; i < d.length; i++) {
      d[i] = (pivot * d[i]! - s[i]![at]! * d[at]!) / previous;
      for (let j = d.length - 1; j > at; j--)
        s[i]![j] = (pivot * s[i]![j]! - s[i]![at]! * s[at]![j]!) / previous;
    }
    previous = pivot;
  }
  return { statistic, df };
}

/** a / b of whole numbers of any size, b > 0. */
function ratio(a: bigint, b: bigint): number {
  const longest = Math.max(a.toString(2).length, b.toString(2).length);
  const shift = BigInt(Math.max(0, longest - 1000));
  return Number(a >> shift) / Number(b >> shift);
}
