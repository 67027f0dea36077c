// Tables of multi-class models, segmentations, activation maps and folds.
import type { Analysis } from '@sidemark/core/contract';
import { type Block, column, tableOf } from '../document/block.ts';
import { count, estimateText, none, pCell, type Show, signed, three, two } from '../text/number.ts';
import { shortAbsence } from '../text/words.ts';
import { right } from './table-cells.ts';

export function multiclassTable({ multiclass }: Analysis): Block[] {
  const columns = [
    column('Classifier', 28),
    column('Arm', 14),
    column('Accuracy', 32),
    right('Correct', 18),
    right('Sites', 10),
    column('Truth by prediction, whole tables', 36),
  ];
  const rows = multiclass.map(({ classifier, arm, accuracy, confusion, tables }) => [
    ...[classifier, arm],
    accuracy ? estimateText({ estimate: accuracy.correct / accuracy.total, ...accuracy }, three) : none,
    accuracy ? `${count(accuracy.correct)} of ${count(accuracy.total)}` : none,
    accuracy ? count(accuracy.sites) : none,
    tables === 0
      ? 'no site gives its whole table'
      : confusion.map((row) => row.map(count).join(' \u00b7 ')).join('\n'),
  ]);
  return tableOf(
    'Multi-class models: right answers of the sites that tell them, Wilson intervals',
    columns,
    rows,
  );
}

export function agreementTable({ agreement }: Analysis): Block[] {
  const columns = [
    ...[
      column('Classifier', 28),
      column('Arms', 30),
      right('Stuart-Maxwell', 18),
      right('df', 8),
      right('p', 12),
    ],
    column('McNemar, right predictions', 34),
  ];
  const rows = agreement.map(({ classifier, against, a, b, margins, correctness }) => [
    ...[
      against === undefined ? classifier : `${classifier} and ${against}`,
      `${a} and ${b}`,
      margins ? two(margins.statistic) : none,
      margins ? count(margins.df) : none,
    ],
    pCell(margins?.p ?? null),
    correctnessText(correctness),
  ]);
  return tableOf('Predictions on two arms, or of two models', columns, rows);
}

/** Of right predictions: the test, or what the totals of the sites leave possible. */
function correctnessText(correctness: Analysis['agreement'][number]['correctness']): string {
  if (correctness.kind === 'not-estimable') return shortAbsence(correctness.reason);
  const p =
    correctness.kind === 'mcnemar' ? `p ${pCell(correctness.test.p)}` : `p at most ${pCell(correctness.p)}`;
  return `${signed(correctness.accuracyDifference)} accuracy, ${p}`;
}

export function segmentationTable({ segmentation }: Analysis): Block[] {
  const columns = [
    column('Classifier', 34),
    column('Dice', 44),
    right('Mean', 16),
    right('Films', 16),
    right('Sites', 12),
  ];
  const rows = segmentation.flatMap(({ classifier, dice, differences }) => [
    ...dice.map(({ arm, pooled }) => [classifier, arm, ...momentCells(pooled, three)]),
    ...differences.map(({ a, b, pooled }) => [classifier, `${a} minus ${b}`, ...momentCells(pooled, signed)]),
  ]);
  return tableOf('Mean Dice of segmentations', columns, rows);
}

const momentCells = (pooled: { mean: number; images: number; sites: number } | null, show: Show): string[] =>
  pooled ? [show(pooled.mean), count(pooled.images), count(pooled.sites)] : [none, none, none];

export function camTable({ cam }: Analysis): Block[] {
  const columns = [
    column('Classifier', 34),
    column('Arm', 20),
    right('In markers', 20),
    right('In lesions', 20),
    right('Elsewhere', 20),
  ];
  const rows = cam.map(({ classifier, arm, marker, lesion, elsewhere }) => [
    ...[classifier, arm],
    ...[marker, lesion, elsewhere].map(({ pooled }) => (pooled ? three(pooled.mean) : none)),
  ]);
  return tableOf('Share of the activation map, mean over films', columns, rows);
}

export function foldTable({ folds }: Analysis): Block[] {
  const columns = [
    column('Folds of', 30),
    column('Arm', 16),
    column('Site', 28),
    right('Mean AUC', 16),
    right('SD', 12),
    column('Judged on', 16),
  ];
  const rows = folds.map(({ foldOf, arm, siteName, mean, sd, rows: seen }) => [
    ...[foldOf, arm, siteName, mean === null ? none : three(mean), sd === null ? none : three(sd), seen],
  ]);
  return tableOf('Folds of a cross-validation: a description, no test', columns, rows);
}
