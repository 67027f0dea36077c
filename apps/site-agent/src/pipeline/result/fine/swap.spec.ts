import { describe, expect, it } from '@jest/globals';
import { MarkerSwap } from '@sidemark/core/contract';
import { glyphsOf } from '@sidemark/core/imaging';
import { seededRandom } from '@sidemark/phantom';
import type { DatasetRow } from '../../../dataset/registered-dataset.ts';
import type { CommonSet } from '../common-set.ts';
import { type Curve, orderOf } from '../curves.ts';
import { EquationBudget } from './equation-budget.ts';
import { Crowd, ShownPartitions } from './partitions.ts';
import { swapResult } from './swap.ts';

const FLOOR = 10;
const swap = MarkerSwap.parse({ library: 'sidemark-glyphs/1' });
const glyphs = glyphsOf(swap);

const curve = (values: readonly number[]): Curve => ({
  ...{ classifier: 'c', arm: 'inpainted', model: 'a'.repeat(64), kind: 'binary', values },
  order: orderOf(values),
});

/** @param pull how far an L moves the logit of a film down and an R up; lead half as far */
function asked(
  pull: (row: number) => number,
  { films = 200, floor = FLOOR, smallestClass = 80, threshold = 0 } = {},
): ReturnType<typeof swapResult> {
  const random = seededRandom('swap');
  const rows = Array.from({ length: films }, (_, i): DatasetRow => ({
    ...{ path: `${i}`, sha256: `${i}`.padStart(64, '0'), patient: `p${i}`, label: i % 2 === 0 ? 1 : 0 },
  }));
  const labels = rows.map(({ label }) => label);
  const values = labels.map((label) => (label === 1 ? 1 : -1) + 3 * (random.next() - 0.5));
  const scores = values.map((score, row) =>
    glyphs.map(({ letter, look }) => {
      const far = pull(row) * (look === 'lead' ? 0.5 : 1);
      return score + (letter === 'left' ? -far : far);
    }),
  );
  const without = curve(values);
  const set: CommonSet = { rows, images: [], labels, clusters: undefined };
  const patients = rows.map((_, row) => row);
  const shown = new ShownPartitions(new Crowd(patients, floor));
  return swapResult(
    { set, swap, scores, without, beside: [without], threshold },
    shown,
    new EquationBudget(smallestClass, floor),
  );
}

const estimated = (found: ReturnType<typeof swapResult>): number => {
  const { auc } = found.worst;
  if (auc.kind !== 'estimate') throw new Error(auc.reason);
  return auc.value;
};

describe(swapResult, () => {
  it('says how far each kind of glyph moves the logit', () => {
    const found = asked(() => 1.5);
    expect(found.glyphs).toBe(48);
    const means = found.changes.map(({ letter, look, change }) => [
      letter,
      look,
      change.kind === 'moments' ? change.mean : change.reason,
    ]);
    expect(means).toEqual([
      ['left', 'digital', -1.5],
      ['left', 'lead', -0.75],
      ['right', 'digital', 1.5],
      ['right', 'lead', 0.75],
    ]);
  });

  it('takes for each film the glyph that misleads most', () => {
    expect(estimated(asked(() => 1))).toBeLessThan(estimated(asked(() => 0.2)) - 0.2);
    // every positive below every negative
    expect(estimated(asked(() => 10))).toBe(0);
  });

  it('is the AUC without glyphs where they move nothing, at no more than one equation', () => {
    const still = asked(() => 0);
    expect(still.flips).toMatchObject({
      positives: { toPositive: 0, toNegative: 0 },
      negatives: { toPositive: 0, toNegative: 0 },
    });
    expect(estimated(still)).toBeGreaterThan(0.85);
    expect(asked(() => 1, { smallestClass: 1 }).worst.auc).toEqual({
      kind: 'not-estimable',
      reason: 'too-many-figures',
    });
  });

  it('counts decisions that some glyph changes', () => {
    const { flips } = asked(() => 100);
    if (flips.kind !== 'counts') throw new Error(flips.reason);
    const { positives, negatives } = flips;
    expect(positives.same + negatives.same).toBe(0);
    expect(positives.toNegative).toBeGreaterThan(positives.toPositive);
    expect(negatives.toPositive).toBeGreaterThan(negatives.toNegative);
    expect(positives.toNegative + positives.toPositive).toBe(100);
  });

  it('withholds the AUC and the flips of glyphs that move a few patients alone', () => {
    const found = asked((row) => (row < 6 ? 3 : 0));
    expect(found.worst.auc).toEqual({ kind: 'not-estimable', reason: 'too-few-affected' });
    expect(found.flips).toEqual({ kind: 'not-estimable', reason: 'too-few-affected' });
    expect(estimated(asked((row) => (row < 6 ? 3 : 0), { floor: 1 }))).toBeGreaterThan(0.8);
  });

  it('says nothing of fewer patients than the floor', () => {
    expect(asked(() => 1, { films: 8 }).changes.map(({ change }) => change.kind)).toEqual(
      Array.from({ length: 4 }, () => 'not-estimable'),
    );
  });
});
