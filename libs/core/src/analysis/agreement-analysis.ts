// Two arms of one multi-class classifier: added tables of its predictions, the test of their margins, and what they say of
// who is right.
import type { AgreementAnalysis, Arm, MulticlassResult } from '../contract/index.ts';
import { addTables, chiSquareUpperTail, stuartMaxwell } from '../stats/index.ts';
import { wholeConfusion } from './multiclass-analysis.ts';
import type { ClassifierFacts, SiteReport } from './pooling-input.ts';

type Table = AgreementAnalysis['table'];
interface SiteTable {
  readonly report: SiteReport;
  readonly entry: MulticlassResult;
  readonly table: Table;
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
    const table = pairedTable(entry, a, b);
    const fits = table?.length === labels.length && table.every((row) => row.length === labels.length);
    return table && fits ? [{ report, entry, table }] : [];
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
    correctness: correctness(tables, a, b),
  };
}

function pairedTable({ paired }: MulticlassResult, a: Arm, b: Arm): Table | undefined {
  const found = paired.find((one) => one.a === a && one.b === b);
  if (found) return found.table;
  const turned = paired.find((one) => one.a === b && one.b === a)?.table;
  return turned?.map((_, row) => turned.map((line) => line[row] ?? 0));
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

/**
 * How many films are right on one arm alone is not reported, but how many more are right on a is (from the two class tables),
 * and films with one prediction cannot differ in it. So (b - c)^2 over all films with two predictions is at most McNemar's
 * statistic, and equals it with two classes.
 */
function correctness(tables: readonly SiteTable[], a: Arm, b: Arm): AgreementAnalysis['correctness'] {
  const known = tables.flatMap(({ entry, table }) => {
    const [onA, onB] = [a, b].map((arm) => wholeConfusion(entry.confusion[entry.arms.indexOf(arm)]));
    return onA && onB ? [{ difference: diagonal(onA) - diagonal(onB), table }] : [];
  });
  if (known.length === 0) return { kind: 'not-estimable', reason: 'too-few-affected' };
  const sum = addTables(known.map(({ table }) => table));
  const films = sum.flat().reduce((total, count) => total + count, 0);
  const discordantAtMost = films - diagonal(sum);
  if (discordantAtMost === 0) return { kind: 'not-estimable', reason: 'no-discordance' };
  const difference = known.reduce((total, one) => total + one.difference, 0);
  const statistic = difference ** 2 / discordantAtMost;
  return {
    kind: 'mcnemar',
    difference,
    discordantAtMost,
    exact: sum.length === 2,
    statistic,
    p: chiSquareUpperTail(statistic, 1),
    accuracyDifference: difference / films,
  };
}

const diagonal = (table: Table): number => table.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
