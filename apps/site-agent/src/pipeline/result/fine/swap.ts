// What glyphs do to one binary classifier: how far each kind moves its logit, which decisions some glyph changes, and the AUC that is
// left when every film bears the glyph that misleads most.
import type { MarkerSwap, SwapResult } from '@sidemark/core/contract';
import { glyphsOf } from '@sidemark/core/imaging';
import {
  aucClustered,
  aucDelong,
  disclosedMoments,
  disclosedValue,
  disclosedVariance,
} from '@sidemark/core/stats';
import { isTooFew } from '../../../policy/floors.ts';
import { classSizes, type CommonSet } from '../common-set.ts';
import { type Curve, orderOf } from '../curves.ts';
import { keptCurves } from '../disclosure/kept-curves.ts';
import type { EquationBudget } from './equation-budget.ts';
import { flipCounts, flipOf } from './flips.ts';
import type { ShownPartitions } from './partitions.ts';

/** A change beyond counts as this. */
const FARTHEST = 20;

const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' } as const;
const tooMany = { kind: 'not-estimable', reason: 'too-many-figures' } as const;

export interface SwapScores {
  readonly set: CommonSet;
  readonly swap: MarkerSwap;
  /** image x glyph */
  readonly scores: readonly (readonly number[])[];
  /** on the inpainted arm: no glyph */
  readonly without: Curve;
  /** of the classifier, whose AUC is shown */
  readonly beside: readonly Curve[];
  /** positive from here on */
  readonly threshold: number;
}

export function swapResult(of: SwapScores, shown: ShownPartitions, budget: EquationBudget): SwapResult {
  const { set, swap, scores, without, threshold } = of;
  const glyphs = glyphsOf(swap);
  const lowest = without.values.map((score, row) => Math.min(score, ...scores[row]!));
  const highest = without.values.map((score, row) => Math.max(score, ...scores[row]!));
  const flipped = without.values.map((score, row) => {
    const before = score >= threshold;
    return flipOf(before, before ? lowest[row]! >= threshold : highest[row]! >= threshold);
  });
  return {
    glyphs: glyphs.length,
    changes: swap.letters.flatMap((letter) =>
      swap.looks.map((look) => {
        const own = glyphs.flatMap((one, at) => (one.letter === letter && one.look === look ? [at] : []));
        return { letter, look, change: meanChange(of, own, shown) };
      }),
    ),
    flips: flipCounts(flipped, set.labels, shown, budget),
    worst: worstAuc(of, lowest, highest, shown, budget),
  };
}

/** Tells of scores alone, and of every film. */
function meanChange(
  { scores, without }: SwapScores,
  glyphs: readonly number[],
  { crowd }: ShownPartitions,
): SwapResult['changes'][number]['change'] {
  const patients = new Set(crowd.patients).size;
  if (isTooFew(patients, crowd.floor)) return tooFew;
  const changes = without.values.map((score, row) => {
    const mean = glyphs.reduce((sum, at) => sum + scores[row]![at]! - score, 0) / glyphs.length;
    return Math.min(FARTHEST, Math.max(-FARTHEST, mean));
  });
  const found = disclosedMoments(changes);
  if (found.kind !== 'estimate') return found;
  const { n: images, mean, variance } = found.value;
  return { kind: 'moments', films: { images, patients }, mean, variance };
}

/** Shown where neither the lowest nor the highest scores point at a few patients, alone or beside the AUCs that are shown. */
function worstAuc(
  { set, without, beside }: SwapScores,
  lowest: readonly number[],
  highest: readonly number[],
  { crowd: { patients, floor } }: ShownPartitions,
  budget: EquationBudget,
): SwapResult['worst'] {
  const extremes = [lowest, highest].map((values): Curve => ({ ...without, values, order: orderOf(values) }));
  const kept = keptCurves([...beside, ...extremes], patients, floor).slice(beside.length);
  if (!beside.includes(without) || kept.includes(true)) return { auc: tooFew, variance: tooFew };
  if (!budget.take(1, `swap ${lowest.join()} ${highest.join()}`)) return { auc: tooMany, variance: tooMany };
  const { labels, clusters } = set;
  const worst = labels.map((label, row) => (label === 1 ? lowest[row]! : highest[row]!));
  const { auc, covariance } = clusters ? aucClustered([worst], labels, clusters) : aucDelong([worst], labels);
  const { positives, negatives } = classSizes(set);
  const rows = { positives: positives.images, negatives: negatives.images };
  const variance = covariance[0]![0]!;
  return { auc: disclosedValue(auc[0]!, variance, rows), variance: disclosedVariance(variance) };
}
