import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { iou } from '../box.ts';
import type { Candidate } from './candidate.ts';
import type { SuppressionSpec } from './decode-spec.ts';
import { suppress } from './non-max-suppression.ts';

const hard: SuppressionSpec = {
  method: 'hard',
  iou: 0.5,
  sigma: 0.5,
  floor: 0.001,
  perClass: true,
  preTopK: 5000,
  max: 300,
};

const candidates = fc.array(
  fc
    .record({
      x: fc.integer({ min: 0, max: 30 }),
      y: fc.integer({ min: 0, max: 30 }),
      w: fc.integer({ min: 1, max: 20 }),
      h: fc.integer({ min: 1, max: 20 }),
      score: fc.integer({ min: 1, max: 20 }),
      label: fc.integer({ min: 0, max: 1 }),
    })
    .map(({ x, y, w, h, score, label }): Candidate => ({
      box: { x1: x, y1: y, x2: x + w, y2: y + h },
      score: score / 20,
      label,
    })),
  { maxLength: 25 },
);

describe('hard suppression', () => {
  it('keeps boxes that no better one of their class covers, and drops only covered ones', () => {
    fc.assert(
      fc.property(candidates, fc.constantFrom(0.2, 0.5, 0.8), fc.boolean(), (all, most, perClass) => {
        const kept = suppress(all, { ...hard, iou: most, perClass }, 0.3);
        const rivals = (a: Candidate, b: Candidate): boolean => !perClass || a.label === b.label;
        for (const [i, a] of kept.entries())
          for (const b of kept.slice(i + 1))
            if (rivals(a, b)) expect(iou(a.box, b.box)).toBeLessThanOrEqual(most);
        for (const one of all.filter(({ score }) => score >= 0.3)) {
          const explained = kept.some(
            (best) =>
              best === one || (rivals(best, one) && best.score >= one.score && iou(best.box, one.box) > most),
          );
          expect(explained).toBe(true);
        }
      }),
    );
  });

  it('does not depend on the order in which boxes come', () => {
    fc.assert(
      fc.property(candidates, fc.constantFrom('hard' as const, 'gaussian' as const), (all, method) => {
        const spec = { ...hard, method };
        expect(suppress([...all].reverse(), spec, 0.1)).toEqual(suppress(all, spec, 0.1));
      }),
    );
  });

  it('lets in the best `preTopK` and out the best `max`', () => {
    const apart = [0.9, 0.8, 0.7, 0.6].map((score, i) => ({
      box: { x1: 10 * i, y1: 0, x2: 10 * i + 5, y2: 5 },
      score,
      label: 0,
    }));
    expect(suppress(apart, { ...hard, preTopK: 3 }, 0)).toHaveLength(3);
    expect(suppress(apart, { ...hard, max: 2 }, 0).map(({ score }) => score)).toEqual([0.9, 0.8]);
  });
});

describe('soft suppression', () => {
  it('lowers scores, never the best, and gives up what falls to the floor', () => {
    fc.assert(
      fc.property(candidates, (all) => {
        const kept = suppress(all, { ...hard, method: 'gaussian', floor: 0.05 }, 0);
        const best = Math.max(0, ...all.map(({ score }) => score));
        // what lies at the floor is given up from the start, the best too
        expect(kept[0]?.score ?? 0).toBe(best > 0.05 ? best : 0);
        for (const one of kept) expect(one.score).toBeGreaterThan(0.05);
        expect(kept.length).toBeLessThanOrEqual(all.length);
      }),
    );
  });

  it('multiplies by exp(-iou^2 / sigma)', () => {
    const box = { x1: 0, y1: 0, x2: 10, y2: 10 };
    const shifted = { x1: 0, y1: 5, x2: 10, y2: 15 };
    const kept = suppress(
      [
        { box, score: 0.9, label: 0 },
        { box: shifted, score: 0.6, label: 0 },
      ],
      { ...hard, method: 'gaussian', sigma: 0.3 },
      0,
    );
    expect(kept[1]?.score).toBeCloseTo(0.6 * Math.exp(-((1 / 3) ** 2) / 0.3), 12);
  });
});
