// How much of the score hangs on the markers: what filling them does, beside what filling as large a hole elsewhere does.
import type { MarkerReliance, ScoreChange } from '@sidemark/core/contract';
import { binOf, changeEdges, disclosedMoments, fittingCells } from '@sidemark/core/stats';
import { isTooFew } from '../../../policy/floors.ts';
import type { ScoredImage } from '../../image/image-outcome.ts';
import type { Curve } from '../curves.ts';
import type { EquationBudget } from './equation-budget.ts';
import { flipCounts, flipOf, notAsked } from './flips.ts';
import type { Partition, ShownPartitions } from './partitions.ts';

/** A change beyond counts as this. */
const FARTHEST = 20;

const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' } as const;

/** One binary classifier; every list is parallel to the images. */
export interface ArmScores {
  readonly images: readonly ScoredImage[];
  readonly labels: readonly (0 | 1)[];
  readonly original: Curve;
  readonly inpainted: Curve;
  /** none where the protocol has no such arm */
  readonly placebo: Curve | undefined;
}

export function markerReliance(
  scores: ArmScores,
  shown: ShownPartitions,
  budget: EquationBudget,
): MarkerReliance {
  const { images, placebo } = scores;
  const byMarker = changesOf(scores, scores.inpainted, images.map(hasFilledMarker));
  const marker = scoreChange(scores, scores.inpainted, byMarker, shown, budget);
  if (!placebo) return { marker };
  const byPlacebo = changesOf(
    scores,
    placebo,
    images.map((image) => image.placebo === 'filled'),
  );
  const sizes = byMarker.map((change, row) => {
    const other = byPlacebo[row];
    return change === undefined || other === undefined ? undefined : Math.abs(change) - Math.abs(other);
  });
  return {
    marker,
    placebo: scoreChange(scores, placebo, byPlacebo, shown, budget),
    difference: momentsOf(sizes, shown),
  };
}

/** A film that needs review keeps its original. */
function hasFilledMarker({ markers }: ScoredImage): boolean {
  return !markers.needsReview && markers.left + markers.right + markers.other > 0;
}

type Changes = readonly (number | undefined)[];

function changesOf({ original }: ArmScores, arm: Curve, filled: readonly boolean[]): Changes {
  return original.values.map((logit, row) =>
    filled[row] ? Math.min(FARTHEST, Math.max(-FARTHEST, logit - arm.values[row]!)) : undefined,
  );
}

function scoreChange(
  scores: ArmScores,
  arm: Curve,
  changes: Changes,
  shown: ShownPartitions,
  budget: EquationBudget,
): ScoreChange {
  return {
    change: momentsOf(changes, shown),
    size: momentsOf(
      changes.map((change) => (change === undefined ? undefined : Math.abs(change))),
      shown,
    ),
    bins: binsOf(changes, shown),
    flips: flipsOf(scores, arm, changes, shown, budget),
  };
}

function momentsOf(values: Changes, { crowd }: ShownPartitions): ScoreChange['change'] {
  const patients = new Set(crowd.patients.filter((_, row) => values[row] !== undefined)).size;
  if (isTooFew(patients, crowd.floor)) return tooFew;
  const found = disclosedMoments(values.filter((value) => value !== undefined));
  if (found.kind !== 'estimate') return found;
  const { n: images, mean, variance } = found.value;
  return { kind: 'moments', films: { images, patients }, mean, variance };
}

function binsOf(changes: Changes, { crowd }: ShownPartitions): ScoreChange['bins'] {
  const bins = changes.map((change) => (change === undefined ? -1 : binOf(change, changeEdges)));
  const within =
    (from: number, to: number) =>
    (row: number): boolean =>
      bins[row]! >= from && bins[row]! < to;
  const images = (from: number, to: number): number => bins.filter((bin) => bin >= from && bin < to).length;
  const cells = fittingCells(changeEdges.length + 1, (from, to) => {
    const count = images(from, to);
    return count > 0 && !crowd.isFew(count, within(from, to));
  });
  if (cells.length === 0) return tooFew;
  return {
    kind: 'cells',
    cells: cells.map(({ upTo }, at) => ({ upTo, images: images(cells[at - 1]?.upTo ?? 0, upTo) })),
  };
}

function flipsOf(
  { original, labels }: ArmScores,
  arm: Curve,
  changes: Changes,
  shown: ShownPartitions,
  budget: EquationBudget,
): ScoreChange['flips'] {
  const partition: Partition = changes.map((change, row) =>
    change === undefined ? notAsked : flipOf(original.positive![row]!, arm.positive![row]!),
  );
  return flipCounts(partition, labels, shown, budget);
}
