// The pooled result as tables for a terminal.
import type { Analysis, ComparisonAnalysis, SiteRow } from '@sidemark/core/contract';
import { askedFigure } from '@sidemark/core/reading';
import { table } from '@sidemark/terminal';
import { answerText, i2Text, pairWeightedText, predictionText, type Show } from './answer.ts';
import {
  agreementTable,
  swapTable,
  decompositionTable,
  exclusionTable,
  labelTable,
  rankingTable,
  relianceTable,
  transferTable,
} from './effect-tables.ts';
import { camTable, foldTable, segmentationTable } from './film-tables.ts';
import { pValue, signed, three } from './number.ts';

const absent = (reason: string): string =>
  reason === 'too-few-affected' ? 'withheld: too few patients affected' : `not estimable: ${reason}`;

function siteText(row: SiteRow | undefined, show: Show): string {
  if (!row) return 'not reported';
  if (row.estimate.kind === 'not-estimable') return absent(row.estimate.reason);
  return row.excluded === null ? show(row.estimate.value) : `${show(row.estimate.value)} (${row.excluded})`;
}

function cellTable(analysis: Analysis): string {
  const names = analysis.sites.map((s) => s.siteName);
  const rows = analysis.cells.map((cell) => [
    `${cell.diagonal ? '* ' : '  '}${cell.classifier}`,
    cell.arm,
    ...names.map((name) =>
      siteText(
        cell.sites.find((row) => row.siteName === name),
        three,
      ),
    ),
    answerText(cell.meta.answer, three),
    predictionText(cell.meta, three),
    i2Text(cell.meta),
  ]);
  return table(['classifier', 'arm', ...names, 'pooled AUC', 'a new site', 'I2'], rows);
}

function comparisonRow(comparison: ComparisonAnalysis, names: readonly string[]): string[] {
  const { a, b } = comparison;
  return [
    `${comparison.primary ? '* ' : '  '}${comparison.id}`,
    `${a.classifier}/${a.arm} - ${b.classifier}/${b.arm}`,
    ...names.map((name) =>
      siteText(
        comparison.sites.find((row) => row.siteName === name),
        signed,
      ),
    ),
    answerText(askedFigure(comparison)?.answer, signed),
    pairWeightedText(askedFigure(comparison)?.pairWeighted ?? null, signed),
    ...[comparison.question.p, comparison.question.pAdjusted].map((p) => (p === null ? '-' : pValue(p))),
    comparison.question.status,
  ];
}

function comparisonTable(analysis: Analysis): string {
  const names = analysis.sites.map((s) => s.siteName);
  const rows = analysis.comparisons.map((c) => comparisonRow(c, names));
  // answer and p values are over the sites that the plan asks about
  const pooled = analysis.plan.sites === 'all' ? 'pooled' : `pooled, ${analysis.plan.sites} sites`;
  return table(
    ['comparison', 'AUC of', ...names, pooled, 'by pairs of patients', 'p', 'p adjusted', 'question'],
    rows,
  );
}

function siteTable(analysis: Analysis): string {
  const rows = analysis.sites.map((s) => [
    s.siteName,
    s.role,
    s.reported ? 'yes' : 'no',
    ...[s.imagesEvaluated, s.imagesSkipped, s.imagesWithMarker, s.inertInpainted, s.inertClipped].map(String),
  ]);
  return table(['site', 'role', 'report', 'images', 'skipped', 'with marker', 'inert I', 'inert C'], rows);
}

function multiclassTable(analysis: Analysis): string {
  const rows = analysis.multiclass.map((m) => [
    m.classifier,
    m.arm,
    m.accuracy
      ? `${three(m.accuracy.correct / m.accuracy.total)} [${three(m.accuracy.lower)}, ${three(m.accuracy.upper)}]`
      : '-',
    m.accuracy ? `${m.accuracy.correct}/${m.accuracy.total}` : '-',
    m.accuracy ? String(m.accuracy.sites) : '-',
    m.tables === 0 ? 'withheld' : m.confusion.map((row) => row.join(' ')).join('\n'),
  ]);
  return table(['classifier', 'arm', 'accuracy', 'correct', 'sites', 'truth x predicted'], rows);
}

/** Sites, cells, comparisons, class tables, means over films and folds of one analysis. */
export function analysisView(analysis: Analysis): string {
  const parts = [
    'Sites',
    siteTable(analysis),
    '',
    `AUC per classifier and arm (* trained on that arm)`,
    cellTable(analysis),
  ];
  if (analysis.comparisons.length > 0)
    parts.push('', 'Paired differences (* primary)', comparisonTable(analysis));
  if (analysis.multiclass.length > 0)
    parts.push('', 'Multi-class, counts summed over sites', multiclassTable(analysis));
  if (analysis.segmentation.length > 0)
    parts.push('', 'Mean Dice and paired differences (films)', segmentationTable(analysis));
  if (analysis.cam.length > 0)
    parts.push('', 'Share of the activation map, mean over films (films)', camTable(analysis));
  if (analysis.folds.length > 0)
    parts.push('', 'Folds, a description: no interval, no test', foldTable(analysis));
  return [...parts, ...effectParts(analysis)].join('\n');
}

/** What the arms do and how scores carry over: tables that have rows, each after its title. */
function effectParts(analysis: Analysis): string[] {
  const tables: [string, readonly unknown[], (of: Analysis) => string][] = [
    [
      'The effect of inpainting, by grey-scale range and marker shape',
      analysis.decomposition,
      decompositionTable,
    ],
    ['Which arm is best, by draws', analysis.ranking, rankingTable],
    ['Mean change of the logit by filling (size)', analysis.reliance, relianceTable],
    ['Marker glyphs drawn on films without a marker', analysis.swap, swapTable],
    ['Thresholds and calibration at the sites', analysis.thresholds, transferTable],
    ['Predictions on two arms', analysis.agreement, agreementTable],
    ['What the markers give away', analysis.labelFromMarker, labelTable],
    ['Left out', analysis.exclusions, exclusionTable],
  ];
  return tables.flatMap(([title, rows, view]) => (rows.length > 0 ? ['', title, view(analysis)] : []));
}
