// One multi-class classifier on one arm: the class counts of all sites, summed, and how many are right.
import type { CellRef, MulticlassAnalysis } from '../contract/index.ts';
import { wilson } from '../stats/index.ts';
import type { ClassifierFacts, SiteReport } from './pooling-input.ts';

type Table = MulticlassAnalysis['confusion'];

/** A table of another size than the labels is left out: it cannot be of this classifier. */
export function analyseConfusion(
  { classifier, arm }: CellRef,
  { sha256, labels }: Pick<ClassifierFacts, 'sha256' | 'labels'>,
  reports: readonly SiteReport[],
  level: number,
): MulticlassAnalysis {
  const none: Table = labels.map(() => labels.map(() => 0));
  const confusion = reports
    .map((report) => confusionOf(report, sha256, arm))
    .filter((table) => table?.length === labels.length && table.every((row) => row.length === labels.length))
    .reduce<Table>((sum, table) => add(sum, table ?? none), none);
  return { classifier, arm, labels: [...labels], confusion, accuracy: accuracyOf(confusion, level) };
}

function confusionOf({ result }: SiteReport, sha256: string, arm: CellRef['arm']): Table | undefined {
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
