// The cells of a report as later reports are held against them: what was withheld was not shown.
import type { ReportResult } from '@sidemark/core/contract';
import type { Curve } from '../../pipeline/result/curves.ts';
import type { DisclosureFacts } from '../../pipeline/result/disclosure/disclosure-facts.ts';
import { nameOf } from './oracle-rules.ts';
import type { Reported, ShownCell } from './reported.store.ts';

export function shownCells(result: ReportResult, { cells, classifiers }: DisclosureFacts): ShownCell[] {
  const arms = result.classifiers[0]!.arms.length;
  const { curves } = cells;
  return curves.map((curve, at) => {
    const figures = result.classifiers[classifiers[Math.floor(at / arms)]!]!;
    const pictures = shownPictures(figures, curve, at % arms);
    return { ...shownCell(figures, curve, at % arms), ...(pictures.length > 0 ? { pictures } : {}) };
  });
}

/** What the finer figures rest on, in the form in which it is kept. */
export function shownFine({ fine }: DisclosureFacts): Pick<Reported, 'tables' | 'calibrated' | 'equations'> {
  const { partitions, calibrated, equations } = fine;
  return {
    tables: partitions.map((partition) => partition.map((cell) => cell.toString(36)).join('')),
    calibrated: calibrated.map(({ logits, ...cell }) => ({ name: nameOf(cell), logits: [...logits] })),
    equations: equations.map((one) => ({ ...one })),
  };
}

type Figures = ReportResult['classifiers'][number];

/** What was drawn, where a mean of it is shown. */
function shownPictures(
  figures: Figures,
  { pictures = [] }: Curve,
  at: number,
): NonNullable<ShownCell['pictures']> {
  if (figures.kind === 'withheld') return [];
  const { cam } = figures;
  const means = {
    segmentation: figures.kind === 'binary' ? [figures.segmentation?.dice[at]] : [],
    'activation map': [cam?.marker[at], cam?.lesion[at], cam?.elsewhere[at]],
  };
  return pictures
    .filter(({ of }) => means[of].some((mean) => mean?.kind === 'moments'))
    .map(({ of, prints }) => ({ of, prints: [...prints] }));
}

function shownCell(
  figures: Figures,
  { classifier, arm, model, values, order, positive }: Curve,
  at: number,
): ShownCell {
  const common = { classifier, arm, model };
  if (figures.kind !== 'binary') return { ...common, ranks: null, classes: [...values], decisions: null };
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
