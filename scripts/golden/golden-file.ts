// Runs one golden file: every case is counted, and a case that compares nothing or throws is a failure.
import { existsSync, readFileSync } from 'node:fs';
import { fields, type Fields, list } from './reading.ts';
import { Tally } from './tally.ts';

export type Checker = (test: Fields, tally: Tally) => void;

/** `absent`: no such file. */
export type Verdict = 'pass' | 'fail' | 'absent';

export interface Outcome {
  readonly verdict: Verdict;
  readonly cases: number;
  readonly comparisons: number;
  /** worst error as a fraction of its tolerance; above 1 fails */
  readonly worst: number;
  readonly failures: readonly string[];
}

export function runGoldenFile(path: string, checker: Checker): Outcome {
  const nothing = { cases: 0, comparisons: 0, worst: 0, failures: [] };
  if (!existsSync(path)) return { verdict: 'absent', ...nothing };
  try {
    return runCases(list(fields(JSON.parse(readFileSync(path, 'utf8')), 'file').cases, 'cases'), checker);
  } catch (error) {
    return { verdict: 'fail', ...nothing, worst: Infinity, failures: [messageOf(error)] };
  }
}

function runCases(cases: readonly unknown[], checker: Checker): Outcome {
  if (cases.length === 0)
    return { verdict: 'fail', cases: 0, comparisons: 0, worst: Infinity, failures: ['no cases'] };
  const tallies = cases.map((test) => runCase(test, checker));
  const failures = tallies.flatMap((tally, at) =>
    tally.failures.map((failure) => `${nameOf(cases[at], at)}: ${failure}`),
  );
  return {
    verdict: failures.length === 0 ? 'pass' : 'fail',
    cases: cases.length,
    comparisons: tallies.reduce((sum, tally) => sum + tally.comparisons, 0),
    worst: Math.max(...tallies.map((tally) => tally.worst)),
    failures,
  };
}

function runCase(test: unknown, checker: Checker): Tally {
  const tally = new Tally();
  try {
    checker(fields(test, 'case'), tally);
    if (tally.comparisons === 0) tally.fail('nothing compared');
  } catch (error) {
    tally.fail(messageOf(error));
  }
  return tally;
}

function nameOf(test: unknown, at: number): string {
  const id = typeof test === 'object' && test !== null && 'id' in test ? test.id : undefined;
  return typeof id === 'string' ? id : `case ${at}`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
