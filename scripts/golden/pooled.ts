// One pooled result against one golden method block, exact or metafor's; shared by the two meta files.
import { knappHartungInterval, type MetaAnalysis } from '../../libs/core/src/stats/index.ts';
import { type Fields, fields } from './reading.ts';
import { absolute, exactly, pairOf, relative, type Tally, type Tolerance, valueOf } from './tally.ts';

const tight = relative(1e-10);
// identical sites: the reference's 60 digits leave Q at 1e-119 where it is 0
const statistic = relative(1e-10, 1e-9);

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

/** The figures that exact blocks and leave-one-out entries share. */
export function compareSummary(
  name: string,
  pooled: MetaAnalysis,
  expected: Fields,
  size: number,
  tally: Tally,
): void {
  const single = pooled.k === 1;
  const compare = (key: string, actual: number, tolerance: Tolerance): void => {
    if (single && expected[key] === undefined) return; // not defined by the reference for one site
    tally.compare(`${name} ${key}`, actual, expected[key], tolerance);
  };
  compare('estimate', pooled.estimate, tight);
  compare('se', pooled.se, tight);
  compare('se_knha', valueOf(pooled.seKnha), relative(1e-9, 1e-7 * size));
  compare('tau2', pooled.tau2, relative(1e-9, 1e-10 * size * size));
  compare('Q', pooled.q, statistic);
  compare('Qp', pooled.qP, relative(1e-8));
  compare('I2', pooled.i2Percent, absolute(1e-6));
  compare('H2', pooled.h2, relative(1e-9, 1e-9));
}

/** What only metafor gives: weights, degrees of freedom, the normal and the floored Knapp-Hartung interval. */
export function compareMetafor(
  name: string,
  pooled: MetaAnalysis,
  metafor: Fields,
  size: number,
  tally: Tally,
): void {
  const interval = absolute(1e-8 * size);
  tally.compare(`${name} Qdf`, pooled.qDf, metafor.Qdf, exactly);
  tally.compareList(`${name} weights_pct`, pooled.weightsPercent, metafor.weights_pct, relative(1e-9, 1e-6));
  const normal = fields(metafor.z, `${name} z`);
  tally.compareList(`${name} ci95`, [pooled.lower, pooled.upper], normal.ci95, interval);
  if (pooled.k === 1) return; // metafor falls back to the normal interval
  const adhoc = fields(metafor.adhoc, `${name} adhoc`);
  tally.compareList(`${name} adhoc ci95`, pairOf(knappHartungInterval(pooled)), adhoc.ci95, interval);
}
