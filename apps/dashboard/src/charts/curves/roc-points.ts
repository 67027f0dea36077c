// ROC curves from the fixed grid of thresholds: points where a site tells them, and the boxes between where it does not.
import type { GridsAnalysis } from '@sidemark/core/contract';

export interface Point {
  /** false positive rate */
  readonly x: number;
  /** true positive rate */
  readonly y: number;
}

/** Somewhere in here runs the curve: the site takes these thresholds together, since they would tell of too few patients. */
export interface Gap {
  readonly from: Point;
  readonly to: Point;
}

export interface RocCurve {
  /** from (0, 0) to (1, 1), both coordinates ascending */
  readonly points: readonly Point[];
  readonly gaps: readonly Gap[];
}

type Cells = Extract<GridsAnalysis['sites'][number]['grid'], { kind: 'cells' }>['cells'];

/** Undefined where one of the classes has nobody. @param cells ascending by score, as in a report */
export function rocCurve(cells: Cells): RocCurve | undefined {
  const positives = cells.reduce((sum, cell) => sum + cell.positives, 0);
  const negatives = cells.reduce((sum, cell) => sum + cell.negatives, 0);
  if (positives === 0 || negatives === 0) return undefined;
  const points: Point[] = [{ x: 0, y: 0 }];
  const gaps: Gap[] = [];
  let [above, aboveNegative] = [0, 0];
  for (let i = cells.length - 1; i >= 0; i--) {
    const cell = cells[i]!;
    above += cell.positives;
    aboveNegative += cell.negatives;
    const [from, to] = [points.at(-1)!, { x: aboveNegative / negatives, y: above / positives }];
    // a cell of one class alone leaves no room for another curve
    const open = cell.upTo - (cells[i - 1]?.upTo ?? 0) > 1 && to.x > from.x && to.y > from.y;
    if (open) gaps.push({ from, to });
    points.push(to);
  }
  return { points, gaps };
}

/** Height of a curve, linear between its points; the upper end where it is vertical. */
export function heightAt({ points }: Pick<RocCurve, 'points'>, x: number): number {
  const next = points.findIndex((point) => point.x > x);
  if (next < 0) return points.at(-1)?.y ?? 1;
  const [a, b] = [points[next - 1] ?? points[0]!, points[next]!];
  return a.y + ((x - a.x) / (b.x - a.x)) * (b.y - a.y);
}

/** Steps of the mean curve along the false positive rate. */
const steps = 100;

/**
 * The mean of curves at the same false positive rate (vertical averaging, Fawcett 2006), weighted. Description: no test and
 * no interval. @param curves at least one
 */
export function meanCurve(curves: readonly (RocCurve & { readonly weight: number })[]): Point[] {
  const total = curves.reduce((sum, { weight }) => sum + weight, 0);
  const heights = Array.from({ length: steps + 1 }, (_, i) => {
    const x = i / steps;
    return { x, y: curves.reduce((sum, curve) => sum + (curve.weight / total) * heightAt(curve, x), 0) };
  });
  return [{ x: 0, y: 0 }, ...heights];
}
