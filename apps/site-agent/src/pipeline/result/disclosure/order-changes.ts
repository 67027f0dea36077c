// How many images must be left out until two curves put the rest in the same order? An AUC depends on order alone, so
// this sees through a rescaled copy of a classifier that sets one patient apart.

/** Scores that are equal in a and equal in b. */
interface Tie {
  readonly a: number;
  /** rank of the score in b, from 1 */
  readonly b: number;
  readonly rows: number[];
}

interface Chain {
  readonly images: number;
  readonly last: Tie | undefined;
  readonly before: Chain | undefined;
}

const none: Chain = { images: 0, last: undefined, before: undefined };

/**
 * The rows outside the longest set of rows on which a and b agree about every pair: above, below or tied. Empty for
 * curves of the same order. O(n log n).
 * @param a scores, parallel to b; no NaN
 */
export function rowsOutOfOrder(a: readonly number[], b: readonly number[]): number[] {
  const ties = tiesOf(a, b);
  const best = new Array<Chain>(new Set(b).size + 1).fill(none);
  for (const together of byScoreOfA(ties)) {
    const chains = together.map((tie) => {
      const before = longestBelow(best, tie.b);
      return { images: before.images + tie.rows.length, last: tie, before };
    });
    for (const chain of chains) record(best, chain);
  }
  const kept = new Set<number>();
  let chain: Chain | undefined = longestBelow(best, best.length);
  for (; chain !== undefined; chain = chain.before) chain.last?.rows.forEach((row) => kept.add(row));
  return a.flatMap((_, row) => (kept.has(row) ? [] : [row]));
}

function tiesOf(a: readonly number[], b: readonly number[]): Tie[] {
  const ranks = new Map([...new Set(b)].sort((x, y) => x - y).map((score, i) => [score, i + 1]));
  const ties = new Map<string, Tie>();
  a.forEach((score, row) => {
    const key = `${score} ${b[row]!}`;
    const tie = ties.get(key) ?? { a: score, b: ranks.get(b[row]!)!, rows: [] };
    tie.rows.push(row);
    ties.set(key, tie);
  });
  return [...ties.values()];
}

function byScoreOfA(ties: readonly Tie[]): Tie[][] {
  const groups = new Map<number, Tie[]>();
  for (const tie of ties) groups.set(tie.a, [...(groups.get(tie.a) ?? []), tie]);
  return [...groups].sort(([x], [y]) => x - y).map(([, group]) => group);
}

// a Fenwick tree of maxima over the ranks of b
function longestBelow(best: readonly Chain[], rank: number): Chain {
  let longest = none;
  for (let at = rank - 1; at > 0; at -= at & -at) if (best[at]!.images > longest.images) longest = best[at]!;
  return longest;
}

function record(best: Chain[], chain: Chain): void {
  for (let at = chain.last!.b; at < best.length; at += at & -at)
    if (chain.images > best[at]!.images) best[at] = chain;
}
