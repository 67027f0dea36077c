// Two arms of one multi-class classifier: added tables of its predictions, the test of their margins, and what they say of
// who is right.
import type { AgreementAnalysis, Arm, MulticlassResult } from '../../contract/index.ts';
import { addTables, stuartMaxwell } from '../../stats/index.ts';
import { correctnessOf, type Table } from './correctness-analysis.ts';
import { rightAnswers } from './multiclass-analysis.ts';
import type { ClassifierFacts, SiteReport } from '../pooling-input.ts';

interface SiteTable {
  readonly report: SiteReport;
  readonly table: Table;
  readonly correct: MulticlassResult['paired'][number]['correct'];
}

/** @param a @param b the arms in the order of the protocol. @param against classifier of b; absent: the same */
export function analyseAgreement(
  classifier: string,
  { sha256, labels }: Pick<ClassifierFacts, 'sha256' | 'labels'>,
  [a, b]: readonly [Arm, Arm],
  reports: readonly SiteReport[],
  against?: { readonly id: string; readonly sha256: string },
): AgreementAnalysis {
  const tables = reports.flatMap((report): SiteTable[] => {
    const entry = report.result.classifiers.find((one) => one.classifier === sha256);
    if (entry?.kind !== 'multiclass') return [];
    const pair = pairedOn(entry, a, b, against?.sha256);
    const fits =
      pair?.table.length === labels.length && pair.table.every((row) => row.length === labels.length);
    return pair && fits ? [{ report, ...pair }] : [];
  });
  const rightOn = (report: SiteReport, model: string, arm: Arm): number | undefined =>
    rightAnswers({ classifier: model, arm }, labels.length, [report])[0]?.right;
  const none: Table = labels.map(() => labels.map(() => 0));
  const table = tables.length > 0 ? addTables(tables.map((one) => one.table)) : none;
  return {
    classifier,
    ...(against && { against: against.id }),
    a,
    b,
    labels: [...labels],
    sites: tables.map(({ report: { site, siteName, payloadDigest } }) => ({ site, siteName, payloadDigest })),
    table,
    margins: tables.length > 0 ? marginsTest(table) : null,
    correctness: correctnessOf(
      tables.map(({ report, table: answers, correct }) => ({
        siteName: report.siteName,
        answers,
        correct,
        right: [rightOn(report, sha256, a), rightOn(report, against?.sha256 ?? sha256, b)],
      })),
    ),
  };
}

function pairedOn(
  { paired }: MulticlassResult,
  a: Arm,
  b: Arm,
  against: string | undefined,
): Pick<SiteTable, 'table' | 'correct'> | undefined {
  const same = paired.filter((one) => one.against === against);
  const found = same.find((one) => one.a === a && one.b === b);
  if (found) return { table: found.table, correct: found.correct };
  const other = against === undefined ? same.find((one) => one.a === b && one.b === a) : undefined;
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
