// Two arms of one multi-class classifier: on which is it right more often? McNemar's test, or what the totals leave possible.
import type { AgreementAnalysis, PairedCorrectness } from '../../contract/index.ts';
import { addTables, mcnemar, mcnemarBound } from '../../stats/index.ts';

export type Table = AgreementAnalysis['table'];
type Correctness = AgreementAnalysis['correctness'];
type Counts = Extract<PairedCorrectness, { kind: 'counts' }>;

export interface SiteAnswers {
  readonly siteName: string;
  /** answer on a x answer on b */
  readonly answers: Table;
  readonly correct: PairedCorrectness | undefined;
  /** films answered rightly on a and on b; undefined where the site withholds it */
  readonly right: readonly (number | undefined)[];
}

/** Exact over the sites that give who is right on both; else a bound over those that give both totals. */
export function correctnessOf(sites: readonly SiteAnswers[]): Correctness {
  const given = sites.flatMap((site) => {
    const counts = countsOf(site);
    return counts ? [{ siteName: site.siteName, counts }] : [];
  });
  if (given.length === 0) return boundOf(sites);
  const sum = (of: 'both' | 'onlyA' | 'onlyB' | 'neither'): number =>
    given.reduce((total, { counts }) => total + counts[of], 0);
  const [both, onlyA, onlyB, neither] = [sum('both'), sum('onlyA'), sum('onlyB'), sum('neither')];
  const test = mcnemar([
    [both, onlyA],
    [onlyB, neither],
  ]);
  if (test.kind === 'not-estimable') return test;
  const { plain, exactP, midP } = test.value;
  return {
    kind: 'mcnemar',
    test: { onlyA, onlyB, statistic: plain.statistic, p: plain.p, exactP, midP },
    accuracyDifference: (onlyA - onlyB) / (both + onlyA + onlyB + neither),
    sites: given.map(({ siteName }) => siteName),
  };
}

/** As reported; with two classes the two totals are enough, for whoever moves is right on one of the arms. */
function countsOf({ correct, answers, right: [onA, onB] }: SiteAnswers): Counts | undefined {
  if (correct?.kind === 'counts') return correct;
  if (answers.length !== 2 || onA === undefined || onB === undefined) return undefined;
  const moved = filmsOf(answers) - diagonal(answers);
  const onlyA = (moved + onA - onB) / 2;
  const both = onA - onlyA;
  return { kind: 'counts', both, onlyA, onlyB: moved - onlyA, neither: diagonal(answers) - both };
}

/**
 * Films with one answer are right on both arms or on none. So (right on a - right on b)^2 over the films with two answers is at
 * most McNemar's statistic.
 */
function boundOf(sites: readonly SiteAnswers[]): Correctness {
  const known = sites.flatMap(({ siteName, answers, right: [onA, onB] }) =>
    onA === undefined || onB === undefined ? [] : [{ siteName, answers, difference: onA - onB }],
  );
  if (known.length === 0) return { kind: 'not-estimable', reason: 'too-few-affected' };
  const sum = addTables(known.map(({ answers }) => answers));
  const films = filmsOf(sum);
  const discordantAtMost = films - diagonal(sum);
  const difference = known.reduce((total, one) => total + one.difference, 0);
  const bound = mcnemarBound(difference, discordantAtMost);
  if (bound.kind === 'not-estimable') return bound;
  return {
    kind: 'bound',
    difference,
    discordantAtMost,
    ...bound.value,
    accuracyDifference: difference / films,
    sites: known.map(({ siteName }) => siteName),
  };
}

const diagonal = (table: Table): number => table.reduce((sum, row, at) => sum + (row[at] ?? 0), 0);
const filmsOf = (table: Table): number => table.flat().reduce((sum, count) => sum + count, 0);
