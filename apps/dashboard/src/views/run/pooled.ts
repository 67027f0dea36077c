// The figure that a page shows of an analysis, and its pooled answer.
import type {
  Analysis,
  CellAnalysis,
  ComparisonAnalysis,
  PooledAnswer,
  PooledFigure,
} from '@sidemark/core/contract';
import type { FigureRef } from '../../routes/route.ts';

export type Figure =
  | { readonly kind: 'comparison'; readonly of: ComparisonAnalysis }
  | { readonly kind: 'cell'; readonly of: CellAnalysis };

type Pooled = Pick<CellAnalysis, 'meta' | 'pooled'>;

/** The answer to report; undefined where no site has the figure, or one alone, which is not pooled. */
export function pooledAnswer({ meta }: Pick<Pooled, 'meta'>): PooledAnswer | undefined {
  return meta.answer === null || meta.answer.method === 'none' ? undefined : meta.answer;
}

/** Over the sites that the plan asks about; null: there is none. */
export function askedFigure({ kind, of }: Figure): PooledFigure | null {
  return kind === 'cell' || of.question.sites === 'all' ? of.meta : of.groups[of.question.sites];
}

/** Why there is no pooled answer. */
export function whyNotPooled({
  meta,
  pooled,
}: Pooled): Extract<CellAnalysis['pooled'], { reason: unknown }>['reason'] {
  return meta.answer === null && pooled.kind === 'not-estimable' ? pooled.reason : 'too-few-sites';
}

/** The primary comparison; the first where none is primary; a cell where nothing is compared. */
export function mainFigure({ comparisons, cells }: Analysis): Figure | undefined {
  const comparison = comparisons.find(({ question }) => question.status === 'primary') ?? comparisons[0];
  if (comparison) return { kind: 'comparison', of: comparison };
  const cell = cells.find(({ diagonal }) => diagonal) ?? cells[0];
  return cell && { kind: 'cell', of: cell };
}

/** Undefined when the analysis has no such figure. */
export function findFigure(analysis: Analysis, ref: FigureRef | null): Figure | undefined {
  if (ref === null) return mainFigure(analysis);
  if (ref.kind === 'comparison') {
    const comparison = analysis.comparisons.find(({ id }) => id === ref.id);
    return comparison && { kind: 'comparison', of: comparison };
  }
  const cell = analysis.cells.find(({ classifier, arm }) => classifier === ref.classifier && arm === ref.arm);
  return cell && { kind: 'cell', of: cell };
}

export function refOf(figure: Figure): FigureRef {
  return figure.kind === 'comparison'
    ? { kind: 'comparison', id: figure.of.id }
    : { kind: 'cell', classifier: figure.of.classifier, arm: figure.of.arm };
}
