// Superiority and non-inferiority: is the difference above a margin that was fixed before the data?
import { criticalZ, normalUpperTail } from '../normal.ts';
import { criticalT, tUpperTail } from '../student-t.ts';

export interface MarginTest {
  /** the bound that has to be exceeded: `margin` for superiority, -`margin` for non-inferiority */
  readonly bound: number;
  /** (difference - bound) / se */
  readonly statistic: number;
  /** one-sided, against difference > bound */
  readonly pOneSided: number;
  /** lower limit of the two-sided interval at `level` */
  readonly lower: number;
  /** `lower` > bound: equivalently p below (1 - level) / 2 */
  readonly established: boolean;
}

/** A difference (new minus old, higher is better) with its standard error; df of t, null for the normal distribution. */
export interface MeasuredDifference {
  readonly estimate: number;
  readonly se: number;
  readonly df: number | null;
}

/**
 * One-sided test at half of 1 - level. `superiority`: difference > margin; `non-inferiority`: difference > -margin; margin >= 0
 * in the unit of the difference. se = 0: established where the difference itself is above the bound, p 0, at it p 1/2, below 1.
 * @throws RangeError if estimate or se is not finite, se < 0, margin < 0, df not > 0, or level is outside (0, 1).
 * Source: Blackwelder, Control Clin Trials 1982;3:345-353; for AUCs: Liu, Ma, Wu & Tai, Stat Med 2006;25:1219-1238.
 */
export function marginTest(
  { estimate, se, df }: MeasuredDifference,
  question: 'superiority' | 'non-inferiority',
  margin: number,
  level = 0.95,
): MarginTest {
  if (!(margin >= 0 && margin < Infinity)) throw new RangeError(`margin must be finite and >= 0: ${margin}`);
  if (!Number.isFinite(estimate)) throw new RangeError(`difference must be finite: ${estimate}`);
  if (!(se >= 0 && se < Infinity)) throw new RangeError(`se must be finite and >= 0: ${se}`);
  const bound = question === 'superiority' ? margin : 0 - margin;
  const above = estimate - bound;
  const statistic = above === 0 ? 0 : above / se;
  const lower = estimate - (df === null ? criticalZ(level) : criticalT(level, df)) * se;
  const pOneSided = df === null ? normalUpperTail(statistic) : tUpperTail(statistic, df);
  return { bound, statistic, pOneSided, lower, established: lower > bound };
}
