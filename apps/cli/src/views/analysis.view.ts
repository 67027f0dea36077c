// The pooled result as tables for a terminal.
import type {
  Analysis,
  CellAnalysis,
  ComparisonAnalysis,
  PooledEstimate,
  SiteRow,
} from '@sidemark/core/contract';
import { table } from '@sidemark/terminal';
import { camTable, foldTable, segmentationTable } from './film-tables.ts';
import { percent, pValue, signed, three } from './number.ts';

type Pooled = CellAnalysis['pooled'];
type Show = (x: number) => string;

function pooledBy(
  pooled: Pooled,
  method: PooledEstimate['method'],
  scale: PooledEstimate['scale'],
): PooledEstimate | undefined {
  return pooled.kind === 'pooled'
    ? pooled.estimates.find((e) => e.method === method && e.scale === scale)
    : undefined;
}

const interval = (show: Show, e: { estimate: number; lower: number; upper: number }): string =>
  `${show(e.estimate)} [${show(e.lower)}, ${show(e.upper)}]`;

function pooledText(
  pooled: Pooled,
  method: PooledEstimate['method'],
  scale: PooledEstimate['scale'],
  show: Show,
): string {
  const found = pooledBy(pooled, method, scale);
  if (found) return interval(show, found);
  return pooled.kind === 'pooled' ? '-' : absent(pooled.reason);
}

const absent = (reason: string): string =>
  reason === 'too-few-affected' ? 'withheld: too few patients affected' : `not estimable: ${reason}`;

function siteText(row: SiteRow | undefined, show: Show): string {
  if (!row) return 'not reported';
  if (row.estimate.kind === 'not-estimable') return absent(row.estimate.reason);
  return row.excluded === null ? show(row.estimate.value) : `${show(row.estimate.value)} (${row.excluded})`;
}

function heterogeneity(pooled: Pooled, scale: PooledEstimate['scale']): string {
  const found = pooledBy(pooled, 'dersimonian-laird', scale);
  return found ? percent(found.i2) : '-';
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
    pooledText(cell.pooled, 'fixed-effect', 'logit', three),
    pooledText(cell.pooled, 'dersimonian-laird', 'logit', three),
    heterogeneity(cell.pooled, 'logit'),
  ]);
  return table(['classifier', 'arm', ...names, 'pooled AUC (fixed)', 'pooled AUC (random)', 'I2'], rows);
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
    pooledText(comparison.pooled, 'fixed-effect', 'plain', signed),
    pooledText(comparison.pooled, 'dersimonian-laird', 'plain', signed),
    comparison.zTest ? pValue(comparison.zTest.pTwoSided) : '-',
  ];
}

function comparisonTable(analysis: Analysis): string {
  const names = analysis.sites.map((s) => s.siteName);
  const rows = analysis.comparisons.map((c) => comparisonRow(c, names));
  return table(['comparison', 'AUC of', ...names, 'pooled (fixed)', 'pooled (random)', 'p'], rows);
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
    m.confusion.map((row) => row.join(' ')).join('\n'),
  ]);
  return table(['classifier', 'arm', 'accuracy', 'correct', 'truth x predicted'], rows);
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
  return parts.join('\n');
}
