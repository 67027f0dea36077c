// One multi-class classifier on one arm: the class counts of all sites, summed, and how many are right.
import type { CellRef, MulticlassAnalysis } from '../../contract/index.ts';
import { wilson } from '../../stats/index.ts';
import type { ClassifierFacts, SiteReport } from '../pooling-input.ts';

type Table = MulticlassAnalysis['confusion'];

/**
 * A table of another size than the labels is left out: it cannot be of this classifier. So is one with withheld cells: its
 * sums would be too small.
 */
export function analyseConfusion(
  { classifier, arm }: CellRef,
  { sha256, labels }: Pick<ClassifierFacts, 'sha256' | 'labels'>,
  reports: readonly SiteReport[],
  level: number,
): MulticlassAnalysis {
  const none: Table = labels.map(() => labels.map(() => 0));
  const tables = confusionsOf({ classifier: sha256, arm }, labels.length, reports);
  const confusion = tables.reduce<Table>((sum, { table }) => add(sum, table), none);
  return { classifier, arm, labels: [...labels], confusion, accuracy: accuracyOf(confusion, level) };
}

/** The tables that are summed, each with its report. @param cell classifier by SHA-256. */
export function confusionsOf(
  cell: CellRef,
  side: number,
  reports: readonly SiteReport[],
): { report: SiteReport; table: Table }[] {
  return reports.flatMap((report) => {
    const table = confusionOf(report, cell.classifier, cell.arm);
    const fits = table?.length === side && table.every((row) => row.length === side);
    return table !== undefined && fits && isWhole(table) ? [{ report, table }] : [];
  });
}

/** Undefined where the site has none, or withholds cells of it. */
export function wholeConfusion(
  table: readonly (readonly (number | null)[])[] | undefined,
): Table | undefined {
  return table !== undefined && isWhole(table) ? table : undefined;
}

function isWhole(table: readonly (readonly (number | null)[])[]): table is Table {
  return table.every((row) => row.every((count) => count !== null));
}

function confusionOf(
  { result }: SiteReport,
  sha256: string,
  arm: CellRef['arm'],
): (number | null)[][] | undefined {
  const entry = result.classifiers.find(({ classifier }) => classifier === sha256);
  return entry?.kind === 'multiclass' ? entry.confusion[entry.arms.indexOf(arm)] : undefined;
}

function add(sum: Table, table: Table): Table {
  return sum.map((row, truth) => row.map((count, predicted) => count + (table[truth]?.[predicted] ?? 0)));
}

function accuracyOf(confusion: Table, level: number): MulticlassAnalysis['accuracy'] {
  const total = confusion.flat().reduce((sum, count) => sum + count, 0);
  if (total === 0) return null;
  const correct = confusion.reduce((sum, row, truth) => sum + (row[truth] ?? 0), 0);
  const [lower, upper] = wilson(correct, total, level);
  return { correct, total, lower, upper };
}
