// One multi-class classifier on one arm: the class tables that are whole, summed, and how many answers are right.
import type { CellRef, MulticlassAnalysis, MulticlassResult } from '../../contract/index.ts';
import { wilson } from '../../stats/index.ts';
import type { ClassifierFacts, SiteReport } from '../pooling-input.ts';

type Table = MulticlassAnalysis['confusion'];

/**
 * A table of another size than the labels is left out: it cannot be of this classifier. So is one with withheld cells: its
 * sums would be too small. Right answers are counted wherever they are told.
 */
export function analyseConfusion(
  { classifier, arm }: CellRef,
  { sha256, labels }: Pick<ClassifierFacts, 'sha256' | 'labels'>,
  reports: readonly SiteReport[],
  level: number,
): MulticlassAnalysis {
  const none: Table = labels.map(() => labels.map(() => 0));
  const cell = { classifier: sha256, arm };
  const tables = confusionsOf(cell, labels.length, reports);
  const confusion = tables.reduce<Table>((sum, { table }) => add(sum, table), none);
  const accuracy = accuracyOf(rightAnswers(cell, labels.length, reports), level);
  return { classifier, arm, labels: [...labels], confusion, tables: tables.length, accuracy };
}

export interface RightAnswers {
  readonly report: SiteReport;
  /** films answered rightly */
  readonly right: number;
  /** films with a class that the classifier knows */
  readonly films: number;
}

/** Of the reports that tell it. @param cell classifier by SHA-256. @param side number of classes */
export function rightAnswers(cell: CellRef, side: number, reports: readonly SiteReport[]): RightAnswers[] {
  return reports.flatMap((report) => {
    const entry = multiclassOf(report, cell.classifier);
    const right = entry?.right[entry.arms.indexOf(cell.arm)];
    if (!entry || entry.classes.length !== side || typeof right !== 'number') return [];
    return [{ report, right, films: entry.classes.reduce((sum, { images }) => sum + images, 0) }];
  });
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

function isWhole(table: readonly (readonly (number | null)[])[]): table is Table {
  return table.every((row) => row.every((count) => count !== null));
}

function confusionOf(
  report: SiteReport,
  sha256: string,
  arm: CellRef['arm'],
): (number | null)[][] | undefined {
  const entry = multiclassOf(report, sha256);
  return entry?.confusion[entry.arms.indexOf(arm)];
}

function multiclassOf({ result }: SiteReport, sha256: string): MulticlassResult | undefined {
  const entry = result.classifiers.find(({ classifier }) => classifier === sha256);
  return entry?.kind === 'multiclass' ? entry : undefined;
}

function add(sum: Table, table: Table): Table {
  return sum.map((row, truth) => row.map((count, predicted) => count + (table[truth]?.[predicted] ?? 0)));
}

function accuracyOf(told: readonly RightAnswers[], level: number): MulticlassAnalysis['accuracy'] {
  const [correct, total] = [sumOf(told, 'right'), sumOf(told, 'films')];
  if (total === 0) return null;
  const [lower, upper] = wilson(correct, total, level);
  return { correct, total, lower, upper, sites: told.length };
}

const sumOf = (told: readonly RightAnswers[], of: 'right' | 'films'): number =>
  told.reduce((sum, one) => sum + one[of], 0);
