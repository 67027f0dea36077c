// One pooled result against one golden method block, exact or metafor's; shared by the files that pool.
import {
  type MetaAnalysis,
  pooledTest,
  predictionInterval,
  type RandomEffectsMethod,
} from '../../libs/core/src/stats/index.ts';
import { type Fields, fields } from './reading.ts';
import { absolute, exactly, pairOf, relative, type Tally, type Tolerance, valueOf } from './tally.ts';

const tests = { z: 'normal', knha: 'knapp-hartung', adhoc: 'floored-knapp-hartung' } as const;

/** The figures of an `exact` method block; `size` = max |yi|. */
export function compareExact(
  name: string,
  pooled: MetaAnalysis,
  exact: Fields,
  size: number,
  tally: Tally,
): void {
  compareSummary(name, pooled, exact, size, tally);
  tally.compare(`${name} se_adhoc`, valueOf(pooled.seAdhoc), exact.se_adhoc, relative(1e-9, 1e-7 * size));
}

/**
 * The figures that exact blocks and leave-one-out entries share, at the README's tolerances; a reference in
 * doubles has its own rounding where one site dominates or the estimate is near 0.
 */
export function compareSummary(
  name: string,
  pooled: MetaAnalysis,
  expected: Fields,
  size: number,
  tally: Tally,
  reference: 'exact' | 'doubles' = 'exact',
): void {
  const single = pooled.k === 1;
  const compare = (key: string, actual: number, tolerance: Tolerance): void => {
    if (single && expected[key] === undefined) return; // not defined by the reference for one site
    tally.compare(`${name} ${key}`, actual, expected[key], tolerance);
  };
  const rounded = reference === 'doubles';
  const { tight, tau2 } = tolerances(pooled, size, rounded ? 1e-3 * size : 0);
  compare('estimate', pooled.estimate, tight);
  compare('se', pooled.se, tight);
  compare('se_knha', valueOf(pooled.seKnha), relative(1e-9, 1e-7 * size));
  compare('tau2', pooled.tau2, tau2);
  // identical sites: the reference's 60 digits leave Q at 1e-119 where it is 0
  compare('Q', pooled.q, relative(rounded ? 1e-8 : 1e-10, 1e-9));
  compare('Qp', pooled.qP, relative(1e-8));
  compare('I2', pooled.i2Percent, absolute(1e-6));
  compare('H2', pooled.h2, relative(1e-9, 1e-9));
}

function tolerances(
  { method }: MetaAnalysis,
  size: number,
  floor: number,
): { tight: Tolerance; tau2: Tolerance } {
  return method === 'reml' || method === 'paule-mandel'
    ? { tight: relative(1e-7, floor), tau2: relative(1e-6, 1e-8 * size * size) }
    : { tight: relative(1e-10, floor), tau2: relative(1e-9, 1e-10 * size * size) };
}

/** What only metafor gives: weights, and for the three tests the confidence and both prediction intervals. */
export function compareMetafor(
  name: string,
  pooled: MetaAnalysis,
  metafor: Fields,
  size: number,
  tally: Tally,
): void {
  tally.compare(`${name} Qdf`, pooled.qDf, metafor.Qdf, exactly);
  tally.compareList(`${name} weights_pct`, pooled.weightsPercent, metafor.weights_pct, relative(1e-7, 1e-6));
  for (const [key, test] of Object.entries(tests)) {
    if (pooled.k === 1 && test !== 'normal') continue; // metafor falls back to the normal interval
    const expected = fields(metafor[key], `${name} ${key}`);
    const found = pooledTest(pooled, test);
    const { lower, upper } = found.kind === 'estimate' ? found.value : { lower: NaN, upper: NaN };
    const interval = absolute(1e-8 * Math.max(size, Math.abs(lower), Math.abs(upper)));
    tally.compareList(`${name} ${key} ci95`, [lower, upper], expected.ci95, interval);
    if (isRandom(pooled) && pooled.k > 1)
      for (const [pi, convention] of [
        ['pi95', 'same'],
        ['pi95_riley', 'k-2'],
      ] as const)
        tally.compareList(
          `${name} ${key} ${pi}`,
          pairOf(predictionInterval(pooled, test, convention)),
          expected[pi],
          interval,
        );
  }
}

function isRandom(pooled: MetaAnalysis): pooled is MetaAnalysis<RandomEffectsMethod> {
  return pooled.method !== 'fixed-effect';
}
