// Do two readers (or one model on two arms) use the categories equally often? It says nothing about who is right.
import { chiSquareUpperTail } from '../chi-square.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { marginsOf, type SquareTable } from './square-table.ts';

export interface MarginalHomogeneity {
  /** >= 0 */
  readonly statistic: number;
  /** rank of the covariance; categories that never disagree carry no information */
  readonly df: number;
  /** upper tail with `df`; 'no-discordance' where df is 0 */
  readonly p: Estimate;
  /** k - 1, the convention that counts every category, with its upper tail: larger, so conservative */
  readonly nominalDf: number;
  readonly nominalP: number;
  /** row minus column totals, by category */
  readonly marginDifference: number[];
}

/**
 * Stuart-Maxwell test d' S^+ d of equal margins, S = diag(r + c - 2 n_ii) - (N + N'). S is the Laplacian of the graph of
 * disagreements, so its rank is k minus the connected components of that graph: decided on counts, no tolerance.
 * Solved by taking categories out one at a time, which only adds positive terms. k = 2 is McNemar without correction.
 * @throws RangeError unless `table` is square with whole counts >= 0.
 * Source: Stuart, Biometrika 1955;42:412-416; Maxwell, Br J Psychiatry 1970;116:651-655. Checked: golden/stuart_maxwell.json.
 */
export function stuartMaxwell(table: SquareTable): MarginalHomogeneity {
  const { rows, columns } = marginsOf(table);
  const marginDifference = rows.map((row, i) => row - columns[i]!);
  const discordance = table.map((line, i) => line.map((count, j) => (i === j ? 0 : count + table[j]![i]!)));
  return homogeneity({
    statistic: laplacianForm(discordance, marginDifference),
    df: table.length - componentsOf(discordance),
    marginDifference,
  });
}

/** Adds the p-values of both conventions. */
export function homogeneity({
  statistic,
  df,
  marginDifference,
}: Pick<MarginalHomogeneity, 'statistic' | 'df' | 'marginDifference'>): MarginalHomogeneity {
  const nominalDf = marginDifference.length - 1;
  return {
    statistic,
    df,
    p: df === 0 ? notEstimable('no-discordance') : estimate(chiSquareUpperTail(statistic, df)),
    nominalDf,
    nominalP: chiSquareUpperTail(statistic, nominalDf),
    marginDifference,
  };
}

/** How many groups of categories there are between which nobody disagrees. */
function componentsOf(discordance: readonly (readonly number[])[]): number {
  const seen = discordance.map(() => false);
  let components = 0;
  for (let start = 0; start < seen.length; start++) {
    if (seen[start]) continue;
    components++;
    const reached = [start];
    seen[start] = true;
    for (let at = reached.pop(); at !== undefined; at = reached.pop())
      discordance[at]!.forEach((count, next) => {
        if (count === 0 || seen[next]) return;
        seen[next] = true;
        reached.push(next);
      });
  }
  return components;
}

/** d' L^+ d for the Laplacian of `weights`; d sums to 0 in every component. */
function laplacianForm(given: readonly (readonly number[])[], difference: readonly number[]): number {
  const weights = given.map((line) => [...line]);
  const d = [...difference];
  let form = 0;
  for (let out = 0; out < d.length; out++) {
    let degree = 0;
    for (let other = out + 1; other < d.length; other++) degree += weights[out]![other]!;
    if (degree === 0) continue;
    form += (d[out]! / degree) * d[out]!;
    for (let i = out + 1; i < d.length; i++) {
      const share = weights[out]![i]! / degree;
      d[i]! += share * d[out]!;
      for (let j = out + 1; j < d.length; j++) if (i !== j) weights[i]![j]! += share * weights[out]![j]!;
    }
  }
  return form;
}
