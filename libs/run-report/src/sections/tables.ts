// Every figure of the analysis that a reader may want to look up, as tables.
import type { Analysis, PooledAnswer, PooledFigure } from '@sidemark/core/contract';
import { type Block, column, type Section, tableOf } from '../document/block.ts';
import {
  count,
  estimateText,
  intervalText,
  none,
  pCell,
  percent,
  type Show,
  signed,
  three,
  two,
} from '../text/number.ts';
import { shortAbsence } from '../text/words.ts';
import { cellName } from './answers.ts';

export function tablesSection(analysis: Analysis): Section {
  return {
    id: 'tables',
    title: 'Tables',
    blocks: [
      ...cellTable(analysis),
      ...siteDifferences(analysis),
      ...groupTable(analysis),
      ...decompositionTable(analysis),
      ...rankingTable(analysis),
      ...thresholdTable(analysis),
      ...calibrationTable(analysis),
      ...relianceTable(analysis),
      ...labelTable(analysis),
      ...multiclassTable(analysis),
      ...agreementTable(analysis),
      ...segmentationTable(analysis),
      ...camTable(analysis),
      ...foldTable(analysis),
      ...stratumTable(analysis),
    ],
  };
}

const answer = (of: PooledAnswer | null | undefined, show: Show): string =>
  of ? estimateText(of, show) : none;
const pairs = ({ pairWeighted }: Pick<PooledFigure, 'pairWeighted'>, show: Show): string =>
  pairWeighted ? estimateText(pairWeighted, show) : none;
const i2 = ({ heterogeneity }: PooledFigure): string => (heterogeneity ? percent(heterogeneity.i2) : none);
const right = (head: string, width: number) => column(head, width, 'right');

function cellTable({ cells }: Analysis): Block[] {
  const columns = [
    ...[column('Classifier', 30), column('Arm', 14), right('Sites', 8), column('AUC', 32)],
    ...[column('By pairs of patients', 32), column('A new site', 24), right('I\u00b2', 12)],
  ];
  const rows = cells.map((cell) => [
    ...[cell.classifier, `${cell.arm}${cell.diagonal ? ' *' : ''}`, count(cell.meta.members.length)],
    ...[answer(cell.meta.answer, three), pairs(cell.meta, three)],
    ...[cell.meta.prediction ? intervalText(cell.meta.prediction, three) : none, i2(cell.meta)],
  ]);
  return tableOf('AUC of each model on each arm (* trained on it)', columns, rows);
}

function siteDifferences({ comparisons }: Analysis): Block[] {
  const columns = [
    ...[column('Comparison', 26), column('Site', 26), column('Difference in AUC', 34)],
    ...[right('Standard error', 16), right('Weight', 11), column('Not pooled because', 24)],
  ];
  const rows = comparisons.flatMap(({ id, sites, meta }) =>
    sites.map(({ siteName, estimate, lower, upper, standardError, excluded }) => {
      const weight = meta.members.find((member) => member.siteName === siteName)?.weightPercent;
      const value =
        estimate.kind === 'not-estimable'
          ? shortAbsence(estimate.reason)
          : lower === null || upper === null
            ? signed(estimate.value)
            : estimateText({ estimate: estimate.value, lower, upper }, signed);
      return [
        ...[id, siteName, value, standardError === null ? none : standardError.toFixed(4)],
        ...[weight === undefined ? none : percent(weight), excluded === null ? '' : shortAbsence(excluded)],
      ];
    }),
  );
  return tableOf('Differences at the sites', columns, rows);
}

function groupTable({ comparisons }: Analysis): Block[] {
  const columns = [
    column('Comparison', 30),
    column('Internal sites', 34),
    column('External sites', 34),
    right('p, do they differ', 18),
  ];
  const rows = comparisons
    .filter(({ groups }) => groups.internal || groups.external)
    .map(({ id, groups }) => [
      ...[id, answer(groups.internal?.answer, signed), answer(groups.external?.answer, signed)],
      pCell(groups.test?.p ?? null),
    ]);
  return tableOf('Internal against external sites', columns, rows);
}

function decompositionTable({ decomposition }: Analysis): Block[] {
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

function rankingTable({ ranking }: Analysis): Block[] {
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

function thresholdTable({ thresholds }: Analysis): Block[] {
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

function calibrationTable({ calibration }: Analysis): Block[] {
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

function relianceTable({ reliance }: Analysis): Block[] {
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

function labelTable({ labelFromMarker }: Analysis): Block[] {
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

function multiclassTable({ multiclass }: Analysis): Block[] {
  const columns = [
    column('Classifier', 28),
    column('Arm', 14),
    column('Accuracy', 32),
    right('Correct', 18),
    column('Truth by prediction', 40),
  ];
  const rows = multiclass.map(({ classifier, arm, accuracy, confusion }) => [
    ...[classifier, arm],
    accuracy ? estimateText({ estimate: accuracy.correct / accuracy.total, ...accuracy }, three) : none,
    accuracy ? `${count(accuracy.correct)} of ${count(accuracy.total)}` : none,
    confusion.map((row) => row.map(count).join(' \u00b7 ')).join('\n'),
  ]);
  return tableOf('Multi-class models: counts summed over sites, Wilson intervals', columns, rows);
}

function agreementTable({ agreement }: Analysis): Block[] {
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
  const rows = agreement.map(({ classifier, a, b, margins, correctness }) => [
    ...[
      classifier,
      `${a} and ${b}`,
      margins ? two(margins.statistic) : none,
      margins ? count(margins.df) : none,
    ],
    pCell(margins?.p ?? null),
    correctnessText(correctness),
  ]);
  return tableOf('Predictions on two arms', columns, rows);
}

/** Of right predictions: the test, or what the totals of the sites leave possible. */
function correctnessText(correctness: Analysis['agreement'][number]['correctness']): string {
  if (correctness.kind === 'not-estimable') return shortAbsence(correctness.reason);
  const p =
    correctness.kind === 'mcnemar' ? `p ${pCell(correctness.test.p)}` : `p at most ${pCell(correctness.p)}`;
  return `${signed(correctness.accuracyDifference)} accuracy, ${p}`;
}

function segmentationTable({ segmentation }: Analysis): Block[] {
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

function camTable({ cam }: Analysis): Block[] {
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

function foldTable({ folds }: Analysis): Block[] {
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

function stratumTable({ strata }: Analysis): Block[] {
  const columns = [
    column('Classifier and arm', 44),
    column('Part of the patients', 30),
    right('Sites', 10),
    column('AUC', 36),
  ];
  const rows = strata
    .filter(({ meta }) => meta.answer !== null)
    .map(({ classifier, arm, of, level, meta }) => [
      ...[
        cellName({ classifier, arm }),
        `${of}: ${level}`,
        count(meta.members.length),
        answer(meta.answer, three),
      ],
    ]);
  return tableOf('AUC in parts of the patients', columns, rows);
}
