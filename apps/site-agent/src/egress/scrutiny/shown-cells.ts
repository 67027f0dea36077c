// The cells of a report as later reports are held against them: what was withheld was not shown.
import type { ReportResult } from '@sidemark/core/contract';
import type { Cells, Curve } from '../../pipeline/result/curves.ts';
import type { ShownCell } from './reported.store.ts';

export function shownCells(result: ReportResult, { curves }: Cells): ShownCell[] {
  const arms = result.classifiers[0]!.arms.length;
  return curves.map((curve, at) => shownCell(result.classifiers[Math.floor(at / arms)]!, curve, at % arms));
}

function shownCell(
  figures: ReportResult['classifiers'][number],
  { classifier, arm, model, values, order, positive }: Curve,
  at: number,
): ShownCell {
  const common = { classifier, arm, model };
  if (figures.kind === 'multiclass') return { ...common, ranks: null, classes: [...values], decisions: null };
  return {
    ...common,
    ranks: figures.auc[at]?.kind === 'estimate' && order ? [...order.ranks] : null,
    classes: null,
    decisions:
      figures.decisions[at]?.kind === 'counts' && positive
        ? positive.map((one) => (one ? '1' : '0')).join('')
        : null,
  };
}
