// Does a property of the site (say, the share of films with a digital marker) go with the site's value?
import { chiSquareUpperTail } from '../chi-square.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { criticalZ, normalTwoSided } from '../normal.ts';
import { criticalT, tTwoSided } from '../student-t.ts';
import type { PoolingTest } from './pooled-test.ts';
import { highestRoot } from './root.ts';
import { remlTau2, scaleOf } from './tau2.ts';
import { type CentredSites, centredSites } from './weighted-fit.ts';

export interface Coefficient {
  readonly estimate: number;
  readonly se: number;
  /** estimate / se; t with k - 2 df, or z for the test `normal` */
  readonly statistic: number;
  readonly pTwoSided: number;
  readonly lower: number;
  readonly upper: number;
}

export interface MetaRegression {
  readonly k: number;
  /** per unit of the covariate */
  readonly slope: Coefficient;
  /** at covariate 0 */
  readonly intercept: Coefficient;
  /** REML, what is left between sites */
  readonly tau2: number;
  /** Q about the line, df = k - 2, chi-square upper tail */
  readonly residualQ: number;
  readonly residualDf: number;
  readonly residualP: number;
  /** share of tau2 that the covariate explains, 0..100; not estimable where nothing was to explain */
  readonly explainedPercent: Estimate;
}

/**
 * Mixed-effects line y = intercept + slope x over sites, tau2 by REML. x[k] finite, one covariate. Fewer than three sites:
 * 'too-few-sites'; a constant x: 'zero-variance'.
 * @throws RangeError as `poolFixedEffect`, or if x is not as many or not finite.
 * Source: Thompson & Higgins, Stat Med 2002;21:1559-1573; REML: Viechtbauer 2005; Knapp & Hartung 2003 eq. 2.
 * Checked: metafor 3.8 rma(yi, vi, mods = ~ x) in meta-regression.spec.ts.
 */
export function metaRegression(
  yi: readonly number[],
  vi: readonly number[],
  x: readonly number[],
  test: PoolingTest = 'floored-knapp-hartung',
  level = 0.95,
): Estimate<MetaRegression> {
  const sites = centredSites(yi, vi);
  if (x.length !== yi.length) throw new RangeError(`x must be as many as yi: ${x.length}, not ${yi.length}`);
  const foreign = x.find((value) => !Number.isFinite(value));
  if (foreign !== undefined) throw new RangeError(`x must be finite: ${foreign}`);
  const normal = criticalZ(level);
  const [k, df] = [yi.length, yi.length - 2];
  if (k < 3) return notEstimable('too-few-sites');
  if (x.every((value) => value === x[0])) return notEstimable('zero-variance');

  const tau2 = residualTau2(sites, x);
  const line = lineAt(sites, x, tau2);
  const factor = test === 'normal' ? 1 : line.q / df;
  const inflate = test === 'floored-knapp-hartung' ? Math.max(1, factor) : factor;
  const critical = test === 'normal' ? normal : criticalT(level, df);
  const coefficient = (value: number, variance: number): Coefficient => {
    const se = Math.sqrt(inflate * variance);
    const statistic = value === 0 ? 0 : value / se;
    const pTwoSided = test === 'normal' ? normalTwoSided(statistic) : tTwoSided(statistic, df);
    return {
      estimate: value,
      se,
      statistic,
      pTwoSided,
      lower: value - critical * se,
      upper: value + critical * se,
    };
  };
  const { total, meanX, sxx, slope } = line;
  const before = remlTau2(sites);
  const residualQ = lineAt(sites, x, 0).q;
  return estimate({
    k,
    slope: coefficient(slope, 1 / sxx),
    intercept: coefficient(sites.centre + line.meanY - slope * meanX, 1 / total + meanX ** 2 / sxx),
    tau2,
    residualQ,
    residualDf: df,
    residualP: chiSquareUpperTail(residualQ, df),
    explainedPercent:
      before === 0 ? notEstimable('zero-variance') : estimate(100 * Math.max(0, 1 - tau2 / before)),
  });
}

interface Line {
  readonly weights: Float64Array;
  readonly total: number;
  readonly meanX: number;
  readonly meanY: number;
  readonly sxx: number;
  readonly slope: number;
  /** sum of w e^2, of w^2 e^2, and tr(P), P the projection that takes the line out */
  readonly q: number;
  readonly squares: number;
  readonly trace: number;
}

function lineAt({ spread, vi }: CentredSites, x: readonly number[], tau2: number): Line {
  const weights = vi.map((variance) => 1 / (variance + tau2));
  let [total, sumX, sumY] = [0, 0, 0];
  weights.forEach((weight, site) => {
    total += weight;
    sumX += weight * x[site]!;
    sumY += weight * spread[site]!;
  });
  const [meanX, meanY] = [sumX / total, sumY / total];
  let [sxx, sxy, w2, w2xx] = [0, 0, 0, 0];
  weights.forEach((weight, site) => {
    const dx = x[site]! - meanX;
    sxx += weight * dx * dx;
    sxy += weight * dx * (spread[site]! - meanY);
    w2 += weight * weight;
    w2xx += (weight * dx) ** 2;
  });
  const slope = sxy / sxx;
  let [q, squares] = [0, 0];
  weights.forEach((weight, site) => {
    const residual = spread[site]! - meanY - slope * (x[site]! - meanX);
    q += weight * residual * residual;
    squares += (weight * residual) ** 2;
  });
  return { weights, total, meanX, meanY, sxx, slope, q, squares, trace: total - w2 / total - w2xx / sxx };
}

function residualTau2(sites: CentredSites, x: readonly number[]): number {
  const score = (tau2: number): number => {
    const { squares, trace } = lineAt(sites, x, tau2);
    return squares - trace;
  };
  const logLikelihood = (tau2: number): number => {
    const { total, sxx, q } = lineAt(sites, x, tau2);
    const logs = sites.vi.reduce((sum, variance) => sum + Math.log(variance + tau2), 0);
    return -(logs + Math.log(total) + Math.log(sxx) + q) / 2;
  };
  return highestRoot(score, logLikelihood, scaleOf(sites));
}
