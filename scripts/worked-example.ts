// The worked example of docs/statistics.md: `node --import tsx scripts/worked-example.ts` prints its block, a test compares.
import { fileURLToPath } from 'node:url';
import {
  estimate,
  type Estimate,
  leaveOneOut,
  pairWeightedMean,
  poolDifferences,
  pooledTest,
  type PoolingTest,
  predictionInterval,
  tau2Interval,
} from '../libs/core/src/stats/index.ts';

/** AUC(inpainted) - AUC(original) of one classifier; the last site has no marker on any film. */
const sites = [
  { positives: 60, negatives: 90, value: 0.031, variance: 0.00042 },
  { positives: 45, negatives: 120, value: 0.052, variance: 0.00055 },
  { positives: 30, negatives: 50, value: -0.031, variance: 0.00061 },
  { positives: 38, negatives: 61, value: 0, variance: 0 },
].map((site) => ({ ...site, value: estimate(site.value), variance: estimate(site.variance) }));

const tests: readonly (readonly [string, PoolingTest])[] = [
  ['REML, normal', 'normal'],
  ['REML, Knapp-Hartung', 'knapp-hartung'],
  ['REML, floored Knapp-Hartung', 'floored-knapp-hartung'],
];

/** Every line of the block, each computed here. */
export function workedExample(): string[] {
  const pooled = poolDifferences(sites, 0.95, 'reml');
  const { yi, vi, included, excluded } = pooled;
  const [fixed, random] = [known(pooled.fixedEffect), known(pooled.randomEffects)];
  const profile = known(tau2Interval(yi, vi));
  const stratified = pairWeightedMean(sites);
  const mean = known(stratified.mean);
  return [
    `pooled: sites ${included.map((site) => site + 1).join(', ')}; left out: ${excluded
      .map(({ site, reason }) => `site ${site + 1} (${reason})`)
      .join(', ')}`,
    `fixed effect: ${signed(fixed.estimate)} (${interval([fixed.lower, fixed.upper])}), weights ${fixed.weightsPercent
      .map((weight) => weight.toFixed(1))
      .join(', ')} %`,
    `Q = ${fixed.q.toFixed(3)} on ${fixed.qDf} df, p = ${fixed.qP.toFixed(3)}; I2 = ${random.i2Percent.toFixed(1)} %`,
    `tau2 = ${random.tau2.toExponential(2)}, Q-profile ${profile.tau2[0]} to ${profile.tau2[1].toExponential(2)}`,
    ...tests.map(([name, test]) => {
      const { lower, upper, pTwoSided } = known(pooledTest(random, test));
      return `${name}: ${signed(random.estimate)} (${interval([lower, upper])}), p = ${pTwoSided.toFixed(3)}`;
    }),
    `prediction, t with k - 2 df: ${interval(known(predictionInterval(random, 'floored-knapp-hartung', 'k-2')))}`,
    `without one site: ${known(leaveOneOut('reml', yi, vi))
      .map((one, out) => `${signed(one.estimate)} (without ${included[out]! + 1})`)
      .join(', ')}`,
    `by pairs of patients, all ${stratified.included.length} sites: ${signed(mean.value)} (${interval(mean.interval)})`,
  ];
}

function known<T>(from: Estimate<T>): T {
  if (from.kind !== 'estimate') throw new Error(`the example has every figure: ${from.reason}`);
  return from.value;
}

const signed = (value: number): string => (value < 0 ? '-' : '+') + Math.abs(value).toFixed(4);
const interval = ([lower, upper]: readonly [number, number]): string =>
  `${signed(lower)} to ${signed(upper)}`;

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(workedExample().join('\n'));
