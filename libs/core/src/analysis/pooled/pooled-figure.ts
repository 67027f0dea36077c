// One figure over sites by the rule of their number: one is not pooled, two by fixed effect, three and more by REML with
// floored Knapp-Hartung; beside it what the rule leaves out.
import type {
  FigureOverSites,
  FigureRow,
  PooledAnswer,
  PooledFigure,
  SiteGroups,
  SiteScope,
} from '../../contract/index.ts';
import {
  type Estimate,
  expit,
  leaveOneOut,
  logitInterval,
  type MetaAnalysis,
  normalInterval,
  pairWeightedMean,
  poolAucs,
  poolDerSimonianLaird,
  poolDifferences,
  poolFixedEffect,
  type PooledSites,
  pooledTest,
  type PooledTest,
  predictionInterval,
  tau2Interval,
} from '../../stats/index.ts';
import { poolable, type SiteFigure } from './site-figures.ts';

/** `auc` is pooled on the logit scale; `difference` is tested against 0; `value` is neither a test nor of pairs. */
export type FigureKind = 'auc' | 'difference' | 'value' | 'deviation';

interface Asked {
  readonly kind: FigureKind;
  readonly level: number;
}

/** More sites than this have no leave-one-out: one of so many decides little. */
const leaveOneOutSites = 50;

/** A number on the pooled scale and the same on the scale of the question. */
type Back = (value: number) => number;

const backOf = (kind: FigureKind): Back => (kind === 'auc' ? expit : (value) => value);
const hasTest = (kind: FigureKind): boolean => kind === 'difference' || kind === 'deviation';
const hasPairs = (kind: FigureKind): boolean => kind === 'auc' || kind === 'difference';

/** Which figures are pooled: their indices, and the points on the pooled scale. */
export function poolSiteFigures(figures: readonly SiteFigure[], { kind, level }: Asked): PooledSites {
  const given = figures.map(poolable);
  return kind === 'auc' ? poolAucs(given, 'logit', level, 'reml') : poolDifferences(given, level, 'reml');
}

export function poolFigure(figures: readonly SiteFigure[], asked: Asked): PooledFigure {
  const pooled = poolSiteFigures(figures, asked);
  return { ...describe(figures, pooled, asked), leaveOneOut: withoutEach(figures, pooled, asked) };
}

/** All but leave-one-out. */
function describe(figures: readonly SiteFigure[], pooled: PooledSites, asked: Asked): PooledFigure {
  const { kind, level } = asked;
  const { included, yi, vi, fixedEffect, randomEffects } = pooled;
  const scale = kind === 'auc' ? 'logit' : 'plain';
  const pairWeighted = hasPairs(kind) ? stratified(figures, included, level) : null;
  const none = { heterogeneity: null, prediction: null, sensitivity: [], leaveOneOut: [] };
  if (fixedEffect.kind !== 'estimate' || randomEffects.kind !== 'estimate')
    return { scale, members: [], answer: null, ...none, pairWeighted };
  const [fixed, random] = [fixedEffect.value, randomEffects.value];
  const used = yi.length < 3 ? fixed : random;
  const members = included.map((index, at) => ({
    siteName: figures[index]!.report.siteName,
    weightPercent: used.weightsPercent[at]!,
  }));
  const few = { scale, members, answer: answerOf(used, kind), ...none, pairWeighted } as const;
  if (yi.length < 3) return few;
  return {
    ...few,
    heterogeneity: heterogeneityOf(random, yi, vi, level),
    prediction: predicted(randomEffects.value, backOf(kind)),
    sensitivity: [fixed, poolDerSimonianLaird(yi, vi, level)].flatMap(
      (one) => answerOf(one, kind, 'normal') ?? [],
    ),
  };
}

function answerOf(
  meta: MetaAnalysis,
  kind: FigureKind,
  test: 'normal' | 'floored-knapp-hartung' = meta.k < 3 ? 'normal' : 'floored-knapp-hartung',
): PooledAnswer | null {
  const tested = pooledTest(meta, test);
  if (tested.kind !== 'estimate') return null;
  const { se, df } = tested.value;
  return {
    method: meta.k === 1 ? 'none' : meta.method === 'paule-mandel' ? 'reml' : meta.method,
    test,
    ...onQuestionScale(meta, tested.value, kind),
    standardError: se,
    df,
  };
}

function onQuestionScale(
  { estimate }: MetaAnalysis,
  { lower, upper, pTwoSided }: PooledTest,
  kind: FigureKind,
): Pick<PooledAnswer, 'estimate' | 'lower' | 'upper' | 'pTwoSided'> {
  const back = backOf(kind);
  return {
    estimate: back(estimate),
    lower: back(lower),
    upper: back(upper),
    pTwoSided: hasTest(kind) ? pTwoSided : null,
  };
}

function heterogeneityOf(
  { q, qDf, qP, i2Percent, tau2 }: MetaAnalysis,
  yi: readonly number[],
  vi: readonly number[],
  level: number,
): PooledFigure['heterogeneity'] {
  const profile = tau2Interval(yi, vi, level);
  if (profile.kind !== 'estimate') return null;
  const { tau2: limits, i2Percent: i2Limits } = profile.value;
  return {
    ...{ q, qDf, qP },
    ...{ i2: i2Percent, i2Lower: i2Limits[0], i2Upper: i2Limits[1] },
    ...{ tau2, tau2Lower: limits[0], tau2Upper: limits[1] },
  };
}

function predicted(random: Parameters<typeof predictionInterval>[0], back: Back): PooledFigure['prediction'] {
  const found = predictionInterval(random, 'floored-knapp-hartung', 'k-2');
  if (found.kind !== 'estimate') return null;
  return { lower: back(found.value[0]), upper: back(found.value[1]) };
}

function withoutEach(
  figures: readonly SiteFigure[],
  { included, yi, vi }: PooledSites,
  asked: Asked,
): PooledFigure['leaveOneOut'] {
  if (yi.length < 3 || yi.length > leaveOneOutSites) return [];
  const others = leaveOneOut('reml', yi, vi, asked.level);
  if (others.kind !== 'estimate') return [];
  return others.value.flatMap((meta, at) => {
    const tested = pooledTest(meta, 'floored-knapp-hartung');
    if (tested.kind !== 'estimate') return [];
    const without = figures[included[at]!]!.report.siteName;
    return [{ without, ...onQuestionScale(meta, tested.value, asked.kind) }];
  });
}

function stratified(
  figures: readonly SiteFigure[],
  included: readonly number[],
  level: number,
): PooledFigure['pairWeighted'] {
  const sites = figures.map((figure) => ({
    ...poolable(figure),
    positives: figure.positives.images,
    negatives: figure.negatives.images,
  }));
  const { mean, included: used } = pairWeightedMean(sites, level);
  if (mean.kind !== 'estimate') return null;
  const { value, variance, interval } = mean.value;
  const pooled = new Set(included);
  return {
    estimate: value,
    lower: interval[0],
    upper: interval[1],
    standardError: Math.sqrt(variance),
    sites: used.length,
    inert: used.filter((at) => isZero(sites[at]!.value) && isZero(sites[at]!.variance)).length,
    leftOut: used.filter((at) => !pooled.has(at)).length,
  };
}

const isZero = (value: Estimate): boolean => value.kind === 'estimate' && value.value === 0;

/**
 * @param internal is the site of a figure one whose data trained a model of it
 * @param scope the group that is the answer has its leave-one-out as well
 */
export function groupFigures(
  figures: readonly SiteFigure[],
  asked: Asked,
  internal: (figure: SiteFigure) => boolean,
  scope: SiteScope = 'all',
): SiteGroups {
  const group = (wanted: boolean) => {
    const own = figures.filter((figure) => internal(figure) === wanted);
    return own.length > 0 ? { own, pooled: poolSiteFigures(own, asked) } : null;
  };
  const [inside, outside] = [group(true), group(false)];
  const figureOf = (of: typeof inside, name: SiteScope): PooledFigure | null =>
    of && {
      ...describe(of.own, of.pooled, asked),
      leaveOneOut: scope === name ? withoutEach(of.own, of.pooled, asked) : [],
    };
  return {
    internal: figureOf(inside, 'internal'),
    external: figureOf(outside, 'external'),
    test: inside && outside ? testBetween(inside.pooled, outside.pooled) : null,
  };
}

/** Q about the inverse-variance mean of the two pooled values, each with its own tau2 (Borenstein et al. 2009, chapter 19). */
function testBetween(
  { randomEffects: a }: PooledSites,
  { randomEffects: b }: PooledSites,
): SiteGroups['test'] {
  if (a.kind !== 'estimate' || b.kind !== 'estimate') return null;
  const groups = [a.value, b.value];
  const { q, qDf, qP } = poolFixedEffect(
    groups.map(({ estimate }) => estimate),
    groups.map(({ se }) => se ** 2),
  );
  return { q, df: qDf, p: qP };
}

/** The figure of every site as a row, and pooled. */
export function figureOverSites(figures: readonly SiteFigure[], asked: Asked): FigureOverSites {
  return { sites: figureRows(figures, asked), meta: poolFigure(figures, asked) };
}

export function figureRows(figures: readonly SiteFigure[], asked: Asked): FigureRow[] {
  const { excluded } = poolSiteFigures(figures, asked);
  const reasons = new Map(excluded.map(({ site, reason }) => [site, reason]));
  return figures.map(({ report, value, variance }, index) => {
    const { site, siteName, payloadDigest } = report;
    const limits = limitsOf(value, variance, asked);
    return {
      ...{ site, siteName, payloadDigest },
      estimate: value.kind === 'estimate' ? value.value : null,
      standardError: variance.kind === 'estimate' ? Math.sqrt(variance.value) : null,
      lower: limits?.[0] ?? null,
      upper: limits?.[1] ?? null,
      excluded: reasons.get(index) ?? null,
    };
  });
}

function limitsOf(value: Estimate, variance: Estimate, { kind, level }: Asked) {
  if (value.kind !== 'estimate' || variance.kind !== 'estimate' || variance.value === 0) return undefined;
  if (kind !== 'auc') return normalInterval(value.value, variance.value, level);
  const limits = logitInterval(value.value, variance.value, level);
  return limits.kind === 'estimate' ? limits.value : undefined;
}
