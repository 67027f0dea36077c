// The figures of one report as tables.
import type { BinaryResult, ReportResult } from '@sidemark/core/contract';
import { count, shortDigest, small, three } from '../../format/number.ts';
import { absence, armNames, isWithheld } from '../../format/words.ts';
import type { Cell, Table } from '../parts/table.ts';

type Estimated = BinaryResult['auc'][number];

function estimateCell(estimate: Estimated | undefined, show: (x: number) => string): Cell {
  if (estimate === undefined) return { text: '–', raw: '', tone: 'absent' };
  if (estimate.kind === 'estimate') return { text: show(estimate.value), raw: String(estimate.value) };
  return { text: absence(estimate.reason), tone: isWithheld(estimate.reason) ? 'withheld' : 'absent' };
}

const standardError = (variance: Estimated | undefined): Estimated | undefined =>
  variance?.kind === 'estimate' ? { kind: 'estimate', value: Math.sqrt(variance.value) } : variance;

/** @param names of classifiers, by SHA-256 */
export function figuresTable(result: ReportResult, names: ReadonlyMap<string, string>): Table {
  const labels = [
    'AUC',
    'Standard error',
    'True positive',
    'False positive',
    'True negative',
    'False negative',
  ];
  return {
    caption: 'Figures of the report',
    file: 'report-figures',
    columns: [{ label: 'Model' }, { label: 'Arm' }, ...labels.map((label) => ({ label, numeric: true }))],
    rows: result.classifiers.flatMap((entry) => {
      const model: Cell = { text: names.get(entry.classifier) ?? shortDigest(entry.classifier) };
      return entry.arms.map((arm, i) => [model, { text: armNames[arm] }, ...figures(entry, i)]);
    }),
  };
}

function figures(entry: ReportResult['classifiers'][number], arm: number): Cell[] {
  const blank = (n: number): Cell[] =>
    Array.from({ length: n }, () => ({ text: '–', raw: '', tone: 'absent' }));
  if (entry.kind === 'withheld') return [{ text: absence('below-floor'), tone: 'withheld' }, ...blank(5)];
  if (entry.kind === 'multiclass')
    return [{ text: 'multi-class: in its confusion table', tone: 'quiet' }, ...blank(5)];
  const decisions = entry.decisions[arm];
  const counts: Cell[] =
    decisions?.kind === 'counts'
      ? [decisions.tp, decisions.fp, decisions.tn, decisions.fn].map((n) => ({
          text: count(n),
          raw: String(n),
        }))
      : [{ text: absence('too-few-affected'), tone: 'withheld' }, ...blank(3)];
  return [
    estimateCell(entry.auc[arm], three),
    estimateCell(standardError(entry.covariance[arm]?.[arm]), small),
    ...counts,
  ];
}

/** From the dataset to the figures. */
export function imagesTable({ images, markers, inert }: ReportResult): Table {
  const shown = (n: number | null): Cell =>
    n === null ? { text: 'withheld', tone: 'withheld' } : { text: count(n), raw: String(n) };
  const rows: [string, number | null][] = [
    ['registered', images.registered.images],
    ...images.skipped.map((one): [string, number] => [`skipped: ${one.reason}`, one.images]),
    ['evaluated', images.evaluated.images],
    ['with a marker', markers.images],
    ['with a left marker', markers.left],
    ['with a right marker', markers.right],
    ['with another marker', markers.other],
    ['with a marker left to a person', markers.needsReview],
    ['inert: inpainted equals original', inert.inpainted],
    ['inert: clipped equals original', inert.clipped],
  ];
  return {
    caption: 'Films, from the dataset to the figures',
    file: 'report-films',
    columns: [{ label: 'Films' }, { label: 'Number', numeric: true }],
    rows: rows.map(([name, n]) => [{ text: name }, shown(n)]),
  };
}
