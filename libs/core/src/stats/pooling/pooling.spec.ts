import { describe, expect, it } from '@jest/globals';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { poolDerSimonianLaird, poolFixedEffect } from './meta-analysis.ts';
import { knappHartungInterval } from './pooled-test.ts';
import { poolAucs, poolDifferences, type SiteEstimate } from './pooled-auc.ts';

const site = (value: number, variance: number): SiteEstimate => ({
  value: estimate(value),
  variance: estimate(variance),
});
const found = <T>(from: Estimate<T>): T => {
  if (from.kind !== 'estimate') throw new Error(from.reason);
  return from.value;
};

describe.each([poolFixedEffect, poolDerSimonianLaird])('%p', (pool) => {
  it('returns the one site there is, without heterogeneity', () => {
    expect(pool([0.7], [0.04])).toMatchObject({
      k: 1,
      estimate: 0.7,
      se: 0.2,
      tau2: 0,
      q: 0,
      qDf: 0,
      qP: 1,
      i2Percent: 0,
      h2: 1,
      weightsPercent: [100],
      seKnha: notEstimable('too-few-sites'),
    });
  });

  it('gives a lone site a weight of 100 %, and not a hair more, whatever its variance', () => {
    const variances = Array.from({ length: 500 }, (_, i) => 0.001 + i * 0.00137);
    expect(new Set(variances.flatMap((variance) => [...pool([0.7], [variance]).weightsPercent]))).toEqual(
      new Set([100]),
    );
  });

  it('has Q exactly 0 for identical sites', () => {
    const pooled = pool([0.81, 0.81, 0.81], [0.013, 0.007, 0.0011]);
    expect(pooled).toMatchObject({ estimate: 0.81, q: 0, qP: 1, tau2: 0, seKnha: estimate(0) });
    expect(pooled.seAdhoc).toEqual(estimate(pooled.se));
  });

  it('refuses what cannot be weighted', () => {
    expect(() => pool([], [])).toThrow('pooling needs at least one site: 0');
    expect(() => pool([1, 2], [1])).toThrow(RangeError);
    expect(() => pool([1, 2], [1, 0])).toThrow('vi must be > 0');
    expect(() => pool([1, 2], [1, -1])).toThrow('variance must be finite and >= 0: -1');
    expect(() => pool([1, NaN], [1, 1])).toThrow('yi must be finite: NaN at 1');
    expect(() => pool([1], [1], 0)).toThrow(RangeError);
  });
});

describe('knappHartungInterval', () => {
  it('uses t with k - 1 degrees of freedom and is never narrower than the normal interval', () => {
    const pooled = poolDerSimonianLaird([0.5, 0.52], [0.01, 0.02]);
    const [lower, upper] = found(knappHartungInterval(pooled));
    expect(lower).toBeCloseTo(-0.530790605698766, 10);
    expect(upper).toBeCloseTo(1.5441239390320995, 10);
    expect(knappHartungInterval(poolFixedEffect([1], [1]))).toEqual(notEstimable('too-few-sites'));
  });
});

describe('poolAucs', () => {
  it('leaves out what cannot be pooled and says why', () => {
    const oneClass = { value: notEstimable('no-positives'), variance: notEstimable('no-positives') };
    const small = { value: estimate(0.9), variance: notEstimable('too-few-negatives') };
    const sites = [oneClass, site(0.8, 0.002), small, site(1, 0), site(0.7, 0.001), site(1, 0.01)];
    const pooled = poolAucs(sites, 'logit');
    expect(pooled.included).toEqual([1, 4]);
    expect(pooled.excluded).toEqual([
      { site: 0, reason: 'no-positives' },
      { site: 2, reason: 'too-few-negatives' },
      { site: 3, reason: 'zero-variance' },
      { site: 5, reason: 'non-finite' },
    ]);
    expect(poolAucs(sites, 'plain').included).toEqual([1, 4, 5]);
  });

  it('comes back from the logit scale as an AUC', () => {
    const { fixedAuc, randomAuc } = poolAucs([site(0.8, 0.002), site(0.8, 0.001)], 'logit');
    expect(found(fixedAuc).value).toBeCloseTo(0.8, 14);
    expect(found(randomAuc).lower).toBeLessThan(0.8);
  });

  it('is not estimable when no site is left', () => {
    const pooled = poolAucs([site(1, 0)], 'plain');
    expect(pooled.fixedEffect).toEqual(notEstimable('too-few-sites'));
    expect(pooled.randomAuc).toEqual(notEstimable('too-few-sites'));
  });

  it('refuses an AUC outside 0..1', () => {
    expect(() => poolAucs([site(1.1, 0.1)], 'plain')).toThrow('auc must lie in [0, 1]: 1.1');
  });
});

describe('poolDifferences', () => {
  it('pools signed differences and changes sign with them', () => {
    const forward = poolDifferences([site(0.1, 0.01), site(-0.02, 0.02)]);
    const backward = poolDifferences([site(-0.1, 0.01), site(0.02, 0.02)]);
    expect(found(forward.fixedEffect).estimate).toBeCloseTo(0.06, 14);
    expect(found(backward.randomEffects).estimate).toBe(-found(forward.randomEffects).estimate);
    expect(poolDifferences([site(0, 0)]).excluded).toEqual([{ site: 0, reason: 'zero-variance' }]);
  });
});
