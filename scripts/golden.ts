// `npm run golden -- DIR [FILE...]`: checks the statistics against the golden files in DIR, one line per file.
// Exit 1 on a failure, and on an absent file unless files were named; exit 2 on wrong use.
import { basename, join } from 'node:path';
import { checkers } from './golden/checkers.ts';
import { type Outcome, runGoldenFile } from './golden/golden-file.ts';

const [folder, ...named] = process.argv.slice(2);
const shownFailures = 20;

if (folder === undefined) {
  console.error('usage: npm run golden -- DIR [FILE...]');
  process.exitCode = 2;
} else {
  const names = named.length > 0 ? named.map((file) => basename(file, '.json')) : [...checkers.keys()];
  const outcomes = names.map((name) => report(name, run(folder, name)));
  const failed = outcomes.some(
    ({ verdict }) => verdict === 'fail' || (verdict === 'absent' && named.length === 0),
  );
  process.exitCode = failed ? 1 : 0;
}

function run(directory: string, name: string): Outcome {
  const checker = checkers.get(name);
  if (checker) return runGoldenFile(join(directory, `${name}.json`), checker);
  const failures = [`no golden file of the schema; known: ${[...checkers.keys()].join(', ')}`];
  return { verdict: 'fail', cases: 0, comparisons: 0, worst: Infinity, failures };
}

function report(name: string, outcome: Outcome): Outcome {
  const { verdict, cases, comparisons, worst, failures } = outcome;
  const error =
    verdict !== 'absent' ? `worst ${worst.toExponential(1)} of tolerance over ${comparisons} figures` : '-';
  console.log(`${name.padEnd(19)} ${String(cases).padStart(3)} cases  ${error.padEnd(48)} ${verdict}`);
  for (const failure of failures.slice(0, shownFailures)) console.log(`    ${failure}`);
  if (failures.length > shownFailures) console.log(`    and ${failures.length - shownFailures} more`);
  return outcome;
}
