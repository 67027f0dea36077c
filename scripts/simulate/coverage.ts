// `npm run simulate:coverage [-- DRAWS]`: coverage of the pooled intervals, as the tables of docs/statistics.md show it.
import { coverage, type DrawSites, fromScores, intervals, knownVariances } from './pooled-coverage.ts';

const draws = Number(process.argv[2] ?? 20_000);
if (!Number.isSafeInteger(draws) || draws < 1)
  throw new RangeError(`draws must be an integer >= 1: ${draws}`);

print('differences, known variances (mean 0.0014)', [0, 0.02, 0.06], 0.03, knownVariances, draws);
const fewer = Math.ceil(draws / 5);
print('logit AUCs from scores, 30 to 120 patients a class', [0, 0.2, 0.6], 1.4, fromScores, fewer);

function print(
  title: string,
  taus: readonly number[],
  truth: number,
  drawFrom: (seed: number) => DrawSites,
  times: number,
): void {
  console.log(`\n${title}; ${times} draws\n`);
  console.log(`| sites | tau | ${intervals.join(' | ')} |`);
  console.log(`| ---- | ---- | ${intervals.map(() => '----').join(' | ')} |`);
  for (const sites of [3, 5, 10])
    for (const tau of taus) {
      const seed = 1000 * sites + Math.round(100 * tau);
      const held = coverage({ sites, tau }, truth, drawFrom(seed), times, seed + 7);
      const shares = intervals.map((name) => `${(100 * held[name]).toFixed(1)} %`);
      console.log(`| ${sites} | ${tau} | ${shares.join(' | ')} |`);
    }
}
