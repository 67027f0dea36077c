import { describe, expect, it } from '@jest/globals';
import type { ReportResult } from '@sidemark/core/contract';
import { accuracyOf, meanOfFilms, medianOf } from './sums.ts';

type Entry = ReportResult['classifiers'][number];

const threeClass = (right: number | null): Entry => ({
  kind: 'multiclass',
  classifier: 'a'.repeat(64),
  classes: [10, 20].map((images) => ({ images, patients: images })),
  arms: ['original', 'inpainted'],
  confusion: [],
  right: [right, 30],
  paired: [],
});

describe('sums over sites', () => {
  it('adds the right answers, and leaves a site that withholds them out', () => {
    const whole = threeClass(23);
    const withheld = threeClass(null);
    expect(accuracyOf([whole, withheld, whole], 'original')).toEqual({
      correct: 46,
      total: 60,
      sites: 2,
      of: 3,
    });
    expect(accuracyOf([withheld], 'original')).toBeNull();
    expect(accuracyOf([whole], 'clipped')).toBeNull();
  });

  it('weights means by films', () => {
    const moments = (mean: number, images: number) => ({
      kind: 'moments' as const,
      films: { images, patients: images },
      mean,
      variance: 0.1,
    });
    const kept = { kind: 'not-estimable', reason: 'too-few-affected' } as const;
    const mean = meanOfFilms([moments(0.2, 30), kept, undefined, moments(0.8, 10)]);
    expect(mean).toEqual({ mean: expect.closeTo(0.35, 12), images: 40, sites: 2 });
    expect(meanOfFilms([kept])).toBeNull();
  });

  it('takes the middle one, the lower of two, of what there is', () => {
    expect(medianOf([0.3, 0.1, 0.2])).toBe(0.2);
    expect(medianOf([0.4, null, 0.1, undefined, 0.2, 0.3])).toBe(0.2);
    expect(medianOf([null])).toBeNull();
  });
});
