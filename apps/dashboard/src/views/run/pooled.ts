// The figure that a page shows of an analysis, the sites it is about, and its pooled answer.
import type {
  Analysis,
  CellAnalysis,
  ComparisonAnalysis,
  PooledAnswer,
  PooledFigure,
  SiteScope,
} from '@sidemark/core/contract';
import { askedFigure as askedOf, isAsked } from '@sidemark/core/reading';
import type { FigureRef } from '../../routes/route.ts';

export type Figure =
  | { readonly kind: 'comparison'; readonly of: ComparisonAnalysis }
  | { readonly kind: 'cell'; readonly of: CellAnalysis };

/** A pooled figure, and in the words of the older rule why there may be none. */
export interface Pooled {
  /** null: no site that is asked about has the figure */
  readonly meta: PooledFigure | null;
  readonly pooled: CellAnalysis['pooled'];
}

/** The answer to report; undefined where no site has the figure, or one alone, which is not pooled. */
export function pooledAnswer({ meta }: Pick<Pooled, 'meta'>): PooledAnswer | undefined {
  return !meta?.answer || meta.answer.method === 'none' ? undefined : meta.answer;
}

/** Over the sites that the plan asks about; null: there is none. */
export const askedFigure = ({ kind, of }: Figure): PooledFigure | null =>
  kind === 'cell' ? of.meta : askedOf(of);

/** Which sites the plan asks about; an AUC alone is no question of it. */
export const scopeOf = ({ kind, of }: Figure): SiteScope => (kind === 'cell' ? 'all' : of.question.sites);

/** Is the figure about a site, by its name? */
export const askedSites = (
  { kind, of }: Figure,
  { plan }: Pick<Analysis, 'plan'>,
): ((siteName: string) => boolean) => (kind === 'cell' ? () => true : isAsked(of, plan));

/** Why there is no pooled answer. */
export function whyNotPooled({
  meta,
  pooled,
}: Pooled): Extract<CellAnalysis['pooled'], { reason: unknown }>['reason'] {
  return !meta?.answer && pooled.kind === 'not-estimable' ? pooled.reason : 'too-few-sites';
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
