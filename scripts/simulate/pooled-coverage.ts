// How often the pooled interval holds the truth: sites are drawn, pooled by the functions that pool reports, and counted.
import {
  aucDelong,
  expit,
  type Interval,
  logit,
  logitVariance,
  normalQuantile,
  pooledTest,
  poolFixedEffect,
  poolRandomEffects,
  predictionInterval,
} from '../../libs/core/src/stats/index.ts';
import { normals, uniforms } from './normals.ts';

/** What is counted, in the order of the columns. */
export const intervals = [
  'FE, normal',
  'DL, normal',
  'REML, normal',
  'REML, Knapp-Hartung',
  'REML, floored',
  'prediction, floored, k - 2',
] as const;
export type IntervalName = (typeof intervals)[number];

export interface Setting {
  readonly sites: number;
  /** between-site standard deviation, on the pooled scale */
  readonly tau: number;
}

export interface SiteSample {
  readonly yi: number[];
  readonly vi: number[];
}

export type DrawSites = (setting: Setting, truth: number) => SiteSample;

/** Share of `draws` in which each interval holds the truth (the prediction interval: the true value of one more site). */
export function coverage(
  setting: Setting,
  truth: number,
  drawSites: DrawSites,
  draws: number,
  seed: number,
): Record<IntervalName, number> {
  const normal = normals(seed);
  const held = intervals.map(() => 0);
  for (let draw = 0; draw < draws; draw++) {
    const { yi, vi } = drawSites(setting, truth);
    const next = truth + setting.tau * normal();
    intervalsOf(yi, vi).forEach(([lower, upper], at) => {
      const target = intervals[at] === 'prediction, floored, k - 2' ? next : truth;
      if (lower <= target && target <= upper) held[at]! += 1;
    });
  }
  return Object.fromEntries(intervals.map((name, at) => [name, held[at]! / draws])) as Record<
    IntervalName,
    number
  >;
}

function intervalsOf(yi: readonly number[], vi: readonly number[]): Interval[] {
  const [fixed, dl, reml] = [
    poolFixedEffect(yi, vi),
    poolRandomEffects('dersimonian-laird', yi, vi),
    poolRandomEffects('reml', yi, vi),
  ];
  const tested = (test: Parameters<typeof pooledTest>[1]): Interval => {
    const found = pooledTest(reml, test);
    return found.kind === 'estimate' ? [found.value.lower, found.value.upper] : [-Infinity, Infinity];
  };
  const prediction = predictionInterval(reml, 'floored-knapp-hartung', 'k-2');
  return [
    [fixed.lower, fixed.upper],
    [dl.lower, dl.upper],
    tested('normal'),
    tested('knapp-hartung'),
    tested('floored-knapp-hartung'),
    prediction.kind === 'estimate' ? prediction.value : [-Infinity, Infinity],
  ];
}

/** Normal site values with known sampling variances, log-uniform over a factor of ten around 0.001 (differences of AUCs). */
export function knownVariances(seed: number): DrawSites {
  const [normal, uniform] = [normals(seed), uniforms(seed + 1)];
  return ({ sites, tau }, truth) => {
    const vi = Array.from({ length: sites }, () => 0.001 * 10 ** (uniform() - 0.5));
    return { yi: vi.map((variance) => truth + Math.sqrt(tau * tau + variance) * normal()), vi };
  };
}

/**
 * Logit AUCs with DeLong variances from binormal scores of 30 to 120 patients a class and site; `truth` is the mean logit.
 * A site of perfect scores has no logit and is drawn again.
 */
export function fromScores(seed: number): DrawSites {
  const [normal, uniform] = [normals(seed), uniforms(seed + 1)];
  const size = (): number => 30 + Math.floor(91 * uniform());
  const site = (value: number): { y: number; v: number } => {
    const shift = Math.SQRT2 * normalQuantile(expit(value));
    const [m, n] = [size(), size()];
    const labels = new Uint8Array(m + n).fill(1, n);
    const scores = new Float64Array(m + n);
    for (let row = 0; row < scores.length; row++) scores[row] = normal() + shift * labels[row]!;
    const { auc, covariance } = aucDelong([scores], labels);
    const [area, variance] = [auc[0], covariance[0]?.[0]];
    if (area?.kind !== 'estimate' || variance?.kind !== 'estimate' || variance.value === 0)
      return site(value);
    return { y: logit(area.value), v: logitVariance(area.value, variance.value) };
  };
  return ({ sites, tau }, truth) => {
    const drawn = Array.from({ length: sites }, () => site(truth + tau * normal()));
    return { yi: drawn.map(({ y }) => y), vi: drawn.map(({ v }) => v) };
  };
}
