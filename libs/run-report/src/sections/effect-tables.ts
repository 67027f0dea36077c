// Tables of what arms, markers and thresholds do to binary models.
import type { Analysis } from '@sidemark/core/contract';
import { type Block, column, tableOf } from '../document/block.ts';
import { count, estimateText, none, percent, signed, three, two } from '../text/number.ts';
import { shortAbsence } from '../text/words.ts';
import { answer, right } from './table-cells.ts';

export function decompositionTable({ decomposition }: Analysis): Block[] {
  const columns = [
    column('Classifier', 28),
    column('Range', 34),
    column('Shape', 34),
    column('Together', 34),
  ];
  const rows = decomposition.map(({ classifier, range, shape, total }) => [
    ...[
      classifier,
      answer(range.answer, signed),
      answer(shape.answer, signed),
      answer(total.meta.answer, signed),
    ],
  ]);
  return tableOf('Effect of inpainting by grey-scale range and marker shape', columns, rows);
}

export function rankingTable({ ranking }: Analysis): Block[] {
  const columns = [
    column('Classifier', 30),
    column('Arm', 20),
    right('AUC by pairs', 18),
    right('Best in', 16),
    right('Mean rank', 16),
  ];
  const rows = ranking.flatMap(({ classifier, arms }) =>
    arms.map(({ arm, auc, best, meanRank }) => [
      ...[classifier, arm, auc === null ? none : three(auc), percent(100 * best), two(meanRank)],
    ]),
  );
  const draws = ranking[0]?.draws ?? 0;
  return tableOf(`Which arm is best, in ${count(draws)} draws`, columns, rows);
}

export function relianceTable({ reliance }: Analysis): Block[] {
  const columns = [
    column('Classifier', 28),
    column('Markers', 34),
    column('Placebo', 34),
    column('Markers less placebo', 34),
  ];
  const rows = reliance.map(({ classifier, marker, placebo, difference }) => [
    ...[classifier, answer(marker.size.meta.answer, two)],
    ...[
      placebo ? answer(placebo.size.meta.answer, two) : 'no such arm',
      answer(difference?.meta.answer, signed),
    ],
  ]);
  return tableOf('Mean size of the change of the logit by filling', columns, rows);
}

export function swapTable({ swap, cells }: Analysis): Block[] {
  const columns = [
    column('Classifier', 26),
    ...[right('Glyphs', 10), column('AUC without', 30), column('AUC at worst', 30)],
    ...[right('Changed, with finding', 22), right('without', 18)],
  ];
  const changed = (of: { toPositive: number; toNegative: number; same: number } | undefined): string =>
    of
      ? `${count(of.toPositive + of.toNegative)} of ${count(of.toPositive + of.toNegative + of.same)}`
      : none;
  const rows = swap.map(({ classifier, glyphs, worst, flips }) => {
    const without = cells.find((cell) => cell.classifier === classifier && cell.arm === 'inpainted');
    return [
      ...[classifier, count(glyphs), answer(without?.meta.answer, three), answer(worst.meta.answer, three)],
      ...[changed(flips?.positives), changed(flips?.negatives)],
    ];
  });
  return tableOf(
    'Marker glyphs drawn on films without a marker: decisions that some glyph changes',
    columns,
    rows,
  );
}

export function labelTable({ labelFromMarker }: Analysis): Block[] {
  const rows = labelFromMarker.map(({ siteName, auc, lower, upper }) => [
    siteName,
    auc.kind === 'not-estimable'
      ? shortAbsence(auc.reason)
      : lower === null || upper === null
        ? three(auc.value)
        : estimateText({ estimate: auc.value, lower, upper }, three),
  ]);
  return tableOf(
    'What the markers alone give away of the label',
    [column('Site', 40), column('AUC of marker features', 60)],
    rows,
  );
}

export function thresholdTable({ thresholds }: Analysis): Block[] {
  const columns = [
    ...[column('Classifier', 28), column('Arm', 14), column('Sites', 12)],
    ...['Sensitivity', 'Specificity', 'Accuracy', 'At own point', 'Lost'].map((head) => right(head, 15)),
  ];
  const rows = thresholds.flatMap(({ classifier, arm, pooled }) =>
    pooled
      ? [
          [
            ...[classifier, arm, count(pooled.sites.length)],
            ...[pooled.shipped.sensitivity, pooled.shipped.specificity, pooled.shipped.accuracy].map(three),
            ...[
              pooled.local ? three(pooled.local.accuracy) : none,
              pooled.accuracyLoss === null ? none : signed(pooled.accuracyLoss),
            ],
          ],
        ]
      : [],
  );
  return tableOf(
    'Decisions at the shipped threshold, and accuracy lost against each site\u2019s own point',
    columns,
    rows,
  );
}

export function calibrationTable({ calibration }: Analysis): Block[] {
  const columns = [
    column('Classifier', 30),
    column('Arm', 16),
    column('In the large (0 is right)', 38),
    column('Slope (1 is right)', 38),
  ];
  const rows = calibration.map(({ classifier, arm, inTheLarge, slope }) => [
    ...[classifier, arm, answer(inTheLarge.meta.answer, signed), answer(slope.meta.answer, two)],
  ]);
  return tableOf('Calibration, pooled over sites', columns, rows);
}
