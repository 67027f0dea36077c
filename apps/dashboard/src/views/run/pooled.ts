// Which of the pooled answers is shown, and the figure that a page shows of an analysis.
import type { Analysis, CellAnalysis, ComparisonAnalysis, PooledEstimate } from '@sidemark/core/contract';
import type { FigureRef } from '../../routes/route.ts';

type Pooled = CellAnalysis['pooled'];

const preferred = ['reml', 'dersimonian-laird', 'paule-mandel', 'fixed-effect'] as const;

/** The first of REML, DerSimonian-Laird, Paule-Mandel and fixed effect that is there, on the scale of the figure. */
export function shownEstimate(pooled: Pooled, scale: PooledEstimate['scale']): PooledEstimate | undefined {
  if (pooled.kind !== 'pooled') return undefined;
  const onScale = pooled.estimates.filter((one) => one.scale === scale);
  return preferred.flatMap((method) => onScale.filter((one) => one.method === method))[0];
}

export type Figure =
  | {
      readonly kind: 'comparison';
      readonly of: ComparisonAnalysis;
      readonly estimate: PooledEstimate | undefined;
    }
  | { readonly kind: 'cell'; readonly of: CellAnalysis; readonly estimate: PooledEstimate | undefined };

const comparisonFigure = (of: ComparisonAnalysis): Figure => ({
  kind: 'comparison',
  of,
  estimate: shownEstimate(of.pooled, 'plain'),
});
const cellFigure = (of: CellAnalysis): Figure => ({
  kind: 'cell',
  of,
  estimate: shownEstimate(of.pooled, 'logit'),
});

/** The primary comparison; the first where none is primary; a cell where nothing is compared. */
export function mainFigure({ comparisons, cells }: Analysis): Figure | undefined {
  const comparison = comparisons.find(({ primary }) => primary) ?? comparisons[0];
  if (comparison) return comparisonFigure(comparison);
  const cell = cells.find(({ diagonal }) => diagonal) ?? cells[0];
  return cell && cellFigure(cell);
}

/** Undefined when the analysis has no such figure. */
export function findFigure(analysis: Analysis, ref: FigureRef | null): Figure | undefined {
  if (ref === null) return mainFigure(analysis);
  if (ref.kind === 'comparison') {
    const comparison = analysis.comparisons.find(({ id }) => id === ref.id);
    return comparison && comparisonFigure(comparison);
  }
  const cell = analysis.cells.find(({ classifier, arm }) => classifier === ref.classifier && arm === ref.arm);
  return cell && cellFigure(cell);
}

export function refOf(figure: Figure): FigureRef {
  return figure.kind === 'comparison'
    ? { kind: 'comparison', id: figure.of.id }
    : { kind: 'cell', classifier: figure.of.classifier, arm: figure.of.arm };
}
