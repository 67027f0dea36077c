// Non-maximum suppression: of boxes on one object the best is kept, or the others lose score.
import { iou } from '../box.ts';
import { requireFinite } from '../non-finite.ts';
import { bestFirst, type Candidate } from './candidate.ts';
import type { SuppressionSpec } from './decode-spec.ts';

/** Least score with which a candidate can change what is kept: the threshold, or the floor of soft-NMS. */
export function candidateFloor({ method, floor }: SuppressionSpec, threshold: number): number {
  return method === 'hard' ? threshold : Math.min(floor, threshold);
}

/**
 * @param threshold least score of what is returned, in [0, 1]
 * @returns at most `max`, best first
 * @throws NonFiniteError when a box holds NaN or an infinity
 */
export function suppress(
  candidates: readonly Candidate[],
  spec: SuppressionSpec,
  threshold: number,
): Candidate[] {
  const best = [...candidates].sort(bestFirst).slice(0, spec.preTopK);
  for (const { box } of best) requireFinite([box.x1, box.y1, box.x2, box.y2], 'detection box');
  const kept = spec.method === 'hard' ? hard(best, spec) : gaussian(best, spec);
  return kept.filter(({ score }) => score >= threshold).slice(0, spec.max);
}

/** Greedy (Neubeck & Van Gool 2006): each box in turn, unless a better one covers it. */
function hard(best: readonly Candidate[], { iou: most, perClass, max }: SuppressionSpec): Candidate[] {
  const kept: Candidate[] = [];
  for (const next of best) {
    if (kept.length === max) break;
    const covered = kept.some((one) => rivals(one, next, perClass) && iou(one.box, next.box) > most);
    if (!covered) kept.push(next);
  }
  return kept;
}

/** Soft-NMS (Bodla et al. 2017, Eq. 3): the best in turn multiplies the scores of the rest by exp(-iou^2 / sigma). */
function gaussian(best: readonly Candidate[], { sigma, floor, perClass, max }: SuppressionSpec): Candidate[] {
  let rest = best.filter(({ score }) => score > floor);
  const kept: Candidate[] = [];
  while (rest.length > 0 && kept.length < max) {
    const top = rest.reduce((winner, one) => (bestFirst(one, winner) < 0 ? one : winner));
    kept.push(top);
    rest = rest
      .filter((one) => one !== top)
      .map((one) => {
        const overlap = rivals(top, one, perClass) ? iou(top.box, one.box) : 0;
        return overlap === 0 ? one : { ...one, score: one.score * Math.exp(-(overlap ** 2) / sigma) };
      })
      .filter(({ score }) => score > floor);
  }
  return kept;
}

function rivals(a: Candidate, b: Candidate, perClass: boolean): boolean {
  return !perClass || a.label === b.label;
}
