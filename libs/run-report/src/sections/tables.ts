// Every figure of the analysis that a reader may want to look up, as tables.
import type { Analysis } from '@sidemark/core/contract';
import { askedFigure, isAsked } from '@sidemark/core/reading';
import { type Block, column, type Section, tableOf } from '../document/block.ts';
import { count, estimateText, intervalText, none, pCell, percent, signed, three } from '../text/number.ts';
import { shortAbsence } from '../text/words.ts';
import { cellName } from './answers.ts';
import { agreementTable, camTable, foldTable, multiclassTable, segmentationTable } from './class-tables.ts';
import {
  calibrationTable,
  decompositionTable,
  labelTable,
  rankingTable,
  relianceTable,
  swapTable,
  thresholdTable,
} from './effect-tables.ts';
import { answer, i2, pairs, right } from './table-cells.ts';

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
      ...swapTable(analysis),
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

function siteDifferences({ comparisons, plan }: Analysis): Block[] {
  const columns = [
    ...[column('Comparison', 26), column('Site', 26), column('Difference in AUC', 34)],
    ...[right('Standard error', 16), right('Weight', 11), column('Not pooled because', 24)],
  ];
  const rows = comparisons.flatMap((comparison) => {
    const { id, sites } = comparison;
    const about = isAsked(comparison, plan);
    return sites.map(({ siteName, estimate, lower, upper, standardError, excluded }) => {
      const weight = askedFigure(comparison)?.members.find(
        (member) => member.siteName === siteName,
      )?.weightPercent;
      const value =
        estimate.kind === 'not-estimable'
          ? shortAbsence(estimate.reason)
          : lower === null || upper === null
            ? signed(estimate.value)
            : estimateText({ estimate: estimate.value, lower, upper }, signed);
      const outside = about(siteName) ? '' : 'not in this question';
      return [
        ...[id, siteName, value, standardError === null ? none : standardError.toFixed(4)],
        ...[
          weight === undefined ? none : percent(weight),
          excluded === null ? outside : shortAbsence(excluded),
        ],
      ];
    });
  });
  return tableOf('Differences at the sites', columns, rows);
}

function groupTable({ comparisons }: Analysis): Block[] {
  const columns = [
    column('Comparison', 26),
    ...['Internal sites', 'External sites', 'All sites'].map((head) => column(head, 29)),
    right('p, do they differ', 15),
  ];
  const rows = comparisons
    .filter(({ groups }) => groups.internal || groups.external)
    .map(({ id, groups, meta }) => [
      ...[id, ...[groups.internal, groups.external, meta].map((of) => answer(of?.answer, signed))],
      pCell(groups.test?.p ?? null),
    ]);
  return tableOf('Internal against external sites', columns, rows);
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
