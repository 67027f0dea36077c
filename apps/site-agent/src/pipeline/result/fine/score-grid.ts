// The scores of one cell by truth, on the fixed grid: from these counts the coordinator draws ROC, reliability and the two
// histograms, and reads what the site's own threshold would do.
import type { ScoreGrid } from '@sidemark/core/contract';
import { binOf, disclosedMoments, expit, fittingCells, scoreEdges } from '@sidemark/core/stats';
import type { Crowd, Partition } from './partitions.ts';

type GridCell = Extract<ScoreGrid, { kind: 'cells' }>['cells'][number];

/** The finest division of the grid whose cells may be shown; undefined when not even one may. */
export interface GridDivision {
  /** of each cell: number of its upper edge */
  readonly ends: readonly number[];
  readonly partition: Partition;
}

/**
 * Cells of `floor` patients or more, of none or as many in each class, and of none or as many in each class on either side
 * of the shipped threshold where the decision counts are shown: no difference of two shown counts is smaller.
 * @param decided decisions that are shown beside it
 */
export function divideGrid(
  logits: readonly number[],
  labels: readonly (0 | 1)[],
  crowd: Crowd,
  decided: readonly boolean[] | undefined,
): GridDivision | undefined {
  const bins = logits.map((logit) => binOf(logit, scoreEdges));
  const count = scoreEdges.length + 1;
  const kinds: ((row: number) => boolean)[] = [
    (row) => labels[row] === 1,
    (row) => labels[row] === 0,
    ...(decided
      ? [true, false].flatMap((side) => [
          (row: number) => decided[row] === side,
          (row: number) => decided[row] === side && labels[row] === 1,
          (row: number) => decided[row] === side && labels[row] === 0,
        ])
      : []),
  ];
  const all = prefixCounts(bins, count, () => true);
  const counted = kinds.map((holds) => ({ holds, counts: prefixCounts(bins, count, holds) }));
  const cells = fittingCells(count, (from, to) => {
    const inside = (row: number): boolean => bins[row]! >= from && bins[row]! < to;
    const images = all[to]! - all[from]!;
    if (images === 0 || crowd.isFew(images, inside)) return false;
    return !counted.some(({ holds, counts }) =>
      crowd.isFew(counts[to]! - counts[from]!, (row) => inside(row) && holds(row)),
    );
  });
  if (cells.length === 0) return undefined;
  const ends = cells.map(({ upTo }) => upTo);
  return { ends, partition: bins.map((bin) => ends.findIndex((end) => bin < end)) };
}

/** The division itself, then fewer and fewer of its edges, evenly left out; the last has one. */
export function coarserDivisions({ ends, partition }: GridDivision): GridDivision[] {
  const steps = Array.from({ length: Math.max(1, ends.length >> 1) }, (_, i) => i + 1);
  return steps.map((step) => {
    const kept = ends.filter((_, at) => (at + 1) % step === 0 || at === ends.length - 1);
    return {
      ends: kept,
      partition: partition.map((cell) => kept.findIndex((end) => ends[cell]! <= end)),
    };
  });
}

export function scoreGrid(
  { ends, partition }: GridDivision,
  logits: readonly number[],
  labels: readonly (0 | 1)[],
): ScoreGrid {
  const cells = ends.map((upTo, cell): GridCell => {
    const rows = partition.flatMap((one, row) => (one === cell ? [row] : []));
    const predicted = disclosedMoments(rows.map((row) => expit(logits[row]!)));
    return {
      upTo,
      positives: rows.filter((row) => labels[row] === 1).length,
      negatives: rows.filter((row) => labels[row] === 0).length,
      predicted: predicted.kind === 'estimate' ? predicted.value.mean : 0,
    };
  });
  const youden = youdenOf(cells);
  return { kind: 'cells', cells, ...(youden ? { youden } : {}) };
}

/** Read off the shown cells: it tells nothing that they do not. */
function youdenOf(cells: readonly GridCell[]): Extract<ScoreGrid, { kind: 'cells' }>['youden'] {
  const sum = (of: readonly GridCell[], name: 'positives' | 'negatives'): number =>
    of.reduce((total, cell) => total + cell[name], 0);
  const [positives, negatives] = [sum(cells, 'positives'), sum(cells, 'negatives')];
  if (positives === 0 || negatives === 0) return undefined;
  const points = cells.slice(0, -1).map(({ upTo: from }, at) => {
    const above = cells.slice(at + 1);
    const [tp, fp] = [sum(above, 'positives'), sum(above, 'negatives')];
    return { from, tp, fp, tn: negatives - fp, fn: positives - tp };
  });
  // whole numbers, so that equals are equal on every machine
  const index = ({ tp, tn }: { tp: number; tn: number }): number => tp * negatives + tn * positives;
  return points.reduce<(typeof points)[number] | undefined>(
    (best, point) => (best === undefined || index(point) > index(best) ? point : best),
    undefined,
  );
}

/** counts[k]: images of the first k bins for which it holds */
function prefixCounts(bins: readonly number[], count: number, holds: (row: number) => boolean): number[] {
  const counts = new Array<number>(count + 1).fill(0);
  bins.forEach((bin, row) => {
    if (holds(row)) counts[bin + 1]!++;
  });
  for (let k = 1; k <= count; k++) counts[k]! += counts[k - 1]!;
  return counts;
}
