// p-values adjusted for asking several questions; compare each adjusted one with the level itself.

/** An absent p-value (null: not estimable) stays absent and is not counted as a question. */
export type PValues = readonly (number | null)[];

/** What a correction keeps under the level, and under which dependence of the tests. */
export type Correction = 'bonferroni' | 'holm' | 'hochberg' | 'bh' | 'by';

/**
 * Adjusted p-values, in input order. Family-wise error: `bonferroni`, `holm` (any dependence), `hochberg` (independence
 * or positive dependence). False discovery rate: `bh` (the same), `by` (any).
 * @throws RangeError if a p-value is not in [0, 1].
 * Source: Holm, Scand J Stat 1979;6:65-70; Hochberg, Biometrika 1988;75:800-802; Benjamini & Hochberg, J R Stat Soc B
 * 1995;57:289-300; Benjamini & Yekutieli, Ann Stat 2001;29:1165-1188. Checked: golden/p_adjust.json (R 4.2 p.adjust).
 */
export function adjustP(values: PValues, correction: Correction): (number | null)[] {
  const adjusted: (number | null)[] = values.map(() => null);
  const asked = values.flatMap((p, at) => (p === null ? [] : [{ p: requireP(p), at }]));
  asked.sort((a, b) => a.p - b.p);
  const factors = factorsOf(asked.length, correction);
  const raised = asked.map(({ p }, rank) => factors[rank]! * p);
  // stepping down a p-value may not fall below the ones before it, stepping up not rise above the ones after it
  if (correction === 'holm')
    for (let rank = 1; rank < raised.length; rank++)
      raised[rank] = Math.max(raised[rank]!, raised[rank - 1]!);
  else if (correction !== 'bonferroni')
    for (let rank = raised.length - 2; rank >= 0; rank--)
      raised[rank] = Math.min(raised[rank]!, raised[rank + 1]!);
  asked.forEach(({ at }, rank) => (adjusted[at] = Math.min(1, raised[rank]!)));
  return adjusted;
}

/** By rank, smallest p first. */
function factorsOf(n: number, correction: Correction): number[] {
  let harmonic = 0;
  for (let rank = 1; rank <= n; rank++) harmonic += 1 / rank;
  return Array.from({ length: n }, (_, rank) => {
    switch (correction) {
      case 'bonferroni':
        return n;
      case 'holm':
      case 'hochberg':
        return n - rank;
      case 'bh':
        return n / (rank + 1);
      case 'by':
        return (harmonic * n) / (rank + 1);
    }
  });
}

/**
 * Serial gatekeeping: families in the order of the plan, Holm inside each; a family is opened only when every question of
 * the families before it is answered, so each adjusted p is at least the largest before it. The family-wise error over all of
 * them is kept. A gate with an absent p-value stays shut: what follows has 1.
 * @throws RangeError if a p-value is not in [0, 1].
 * Source: Maurer, Hothorn & Lehmacher 1995; Westfall & Krishen, J Stat Plan Inference 2001;99:25-40.
 */
export function gatekeep(families: readonly PValues[]): (number | null)[][] {
  let gate = 0;
  return families.map((family) => {
    const passed = gate;
    const own = adjustP(family, 'holm').map((p) => (p === null ? null : Math.max(p, passed)));
    gate = own.reduce<number>((highest, p) => Math.max(highest, p ?? 1), gate);
    return own;
  });
}

function requireP(p: number): number {
  if (!(p >= 0 && p <= 1)) throw new RangeError(`p-values must lie in [0, 1]: ${p}`);
  return p;
}
