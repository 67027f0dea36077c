// Two arms of one multi-class classifier: added tables of its predictions, the test of their margins, and what they say of
// who is right.
import type { AgreementAnalysis, Arm, MulticlassResult } from '../contract/index.ts';
import { addTables, stuartMaxwell } from '../stats/index.ts';
import { correctnessOf, type Table } from './correctness-analysis.ts';
import { wholeConfusion } from './multiclass-analysis.ts';
import type { ClassifierFacts, SiteReport } from './pooling-input.ts';

interface SiteTable {
  readonly report: SiteReport;
  readonly entry: MulticlassResult;
  readonly table: Table;
  readonly correct: MulticlassResult['paired'][number]['correct'];
}

/** @param a @param b the arms in the order of the protocol */
export function analyseAgreement(
  classifier: string,
  { sha256, labels }: Pick<ClassifierFacts, 'sha256' | 'labels'>,
  [a, b]: readonly [Arm, Arm],
  reports: readonly SiteReport[],
): AgreementAnalysis {
  const tables = reports.flatMap((report): SiteTable[] => {
    const entry = report.result.classifiers.find((one) => one.classifier === sha256);
    if (entry?.kind !== 'multiclass') return [];
    const pair = pairedOn(entry, a, b);
    const fits =
      pair?.table.length === labels.length && pair.table.every((row) => row.length === labels.length);
    return pair && fits ? [{ report, entry, ...pair }] : [];
  });
  const none: Table = labels.map(() => labels.map(() => 0));
  const table = tables.length > 0 ? addTables(tables.map((one) => one.table)) : none;
  return {
    classifier,
    a,
    b,
    labels: [...labels],
    sites: tables.map(({ report: { site, siteName, payloadDigest } }) => ({ site, siteName, payloadDigest })),
    table,
    margins: tables.length > 0 ? marginsTest(table) : null,
    correctness: correctnessOf(
      tables.map(({ report: { siteName }, entry, table: answers, correct }) => ({
        siteName,
        answers,
        correct,
        confusions: [a, b].map((arm) => wholeConfusion(entry.confusion[entry.arms.indexOf(arm)])),
      })),
    ),
  };
}

function pairedOn(
  { paired }: MulticlassResult,
  a: Arm,
  b: Arm,
): Pick<SiteTable, 'table' | 'correct'> | undefined {
  const found = paired.find((one) => one.a === a && one.b === b);
  if (found) return { table: found.table, correct: found.correct };
  const other = paired.find((one) => one.a === b && one.b === a);
  if (!other) return undefined;
  const { table, correct } = other;
  return {
    table: table.map((_, row) => table.map((line) => line[row] ?? 0)),
    correct:
      correct?.kind === 'counts' ? { ...correct, onlyA: correct.onlyB, onlyB: correct.onlyA } : correct,
  };
}

function marginsTest(table: Table): AgreementAnalysis['margins'] {
  const { statistic, df, p, nominalDf, nominalP } = stuartMaxwell(table);
  return {
    tests: 'predicted-class-margins',
    statistic,
    df,
    p: p.kind === 'estimate' ? p.value : null,
    nominalDf,
    nominalP,
  };
}
