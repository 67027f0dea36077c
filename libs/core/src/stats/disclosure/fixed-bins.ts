// Ordered bins with fixed edges, taken together until each cell is of enough patients. Cells that are taken together need
// no complement: they add up to the same, and nothing is missing.

/** One cell: the bins after the cell before it, up to this edge. */
export interface BinCell {
  /** number of the edge at its upper end, from 1; the last bin has as many as there are bins */
  readonly upTo: number;
}

/** Edges of the score grid, in logits: probabilities 0.05 to 0.95 in steps of 0.05, and logits of +-4, 5, 6 and 8 beyond. */
export const scoreEdges: readonly number[] = [
  ...[-8, -6, -5, -4],
  ...Array.from({ length: 19 }, (_, i) => Math.log((i + 1) / (19 - i))),
  ...[4, 5, 6, 8],
];

/** Edges for differences of logits. */
export const changeEdges: readonly number[] = [
  -4, -2, -1, -0.5, -0.2, -0.1, -0.05, 0.05, 0.1, 0.2, 0.5, 1, 2, 4,
];

/** The bin of a value: 0 below the first edge, k from edge k on (k >= 1). @param edges ascending */
export function binOf(value: number, edges: readonly number[]): number {
  let [low, high] = [0, edges.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (value >= edges[middle]!) low = middle + 1;
    else high = middle;
  }
  return low;
}

/**
 * The most cells of consecutive bins of which each is fit; the finer ones come first where several divisions have as many.
 * Empty when not even all bins together are fit. O(bins^2) questions.
 * @param fit is the cell of bins from..to - 1 fit to leave?
 */
export function fittingCells(bins: number, fit: (from: number, to: number) => boolean): BinCell[] {
  // best[from]: end of the first cell and the number of cells of the best division of the bins from `from` on
  const best: ({ readonly to: number; readonly cells: number } | undefined)[] = [];
  best[bins] = { to: bins, cells: 0 };
  for (let from = bins - 1; from >= 0; from--) {
    for (let to = from + 1; to <= bins; to++) {
      const rest = best[to];
      if (!rest || rest.cells + 1 <= (best[from]?.cells ?? 0) || !fit(from, to)) continue;
      best[from] = { to, cells: rest.cells + 1 };
    }
  }
  const cells: BinCell[] = [];
  for (let at = best[0]; at && at.cells > 0; at = best[at.to]) cells.push({ upTo: at.to });
  return cells;
}
