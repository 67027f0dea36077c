import { describe, expect, it } from '@jest/globals';
import { poolingTests } from '../pooling/pooled-test.ts';
import { powerOfSites, sitesForPower } from './power.ts';

const planned = { effect: 0.03, siteVariance: 0.0008, tau2: 0.0002 };

describe('powerOfSites', () => {
  it('is the level without an effect, except that the floor keeps it below', () => {
    const at = (test: (typeof poolingTests)[number], sites: number) =>
      powerOfSites({ ...planned, effect: 0, sites }, test);
    expect(at('normal', 4)).toBeCloseTo(0.05, 10);
    for (const sites of [2, 3, 5, 10, 40]) {
      expect(at('knapp-hartung', sites)).toBeCloseTo(0.05, 7);
      expect(at('floored-knapp-hartung', sites)).toBeLessThan(0.05);
    }
  });

  it('is the power of a one-sample t test for Knapp-Hartung of R', () => {
    const effect = 1.2;
    const found = powerOfSites({ effect, siteVariance: 1, tau2: 0, sites: 5 }, 'knapp-hartung');
    expect(found).toBeCloseTo(0.530221251141, 6);
  });

  it('falls from the normal to the floored test and rises with sites', () => {
    for (const sites of [3, 5, 10]) {
      const [normal, plain, floored] = poolingTests.map((test) => powerOfSites({ ...planned, sites }, test));
      expect(normal).toBeGreaterThan(plain!);
      expect(plain).toBeGreaterThan(floored!);
      expect(powerOfSites({ ...planned, sites: sites + 1 }, 'normal')).toBeGreaterThan(normal!);
    }
  });

  it('refuses a plan that cannot be', () => {
    expect(() => powerOfSites({ ...planned, sites: 1 }, 'knapp-hartung')).toThrow(
      'sites must be an integer >= 2: 1',
    );
    expect(() => powerOfSites({ ...planned, siteVariance: 0, sites: 3 }, 'normal')).toThrow(RangeError);
  });
});

describe('sitesForPower', () => {
  it('is the fewest that reach it', () => {
    const sites = sitesForPower(planned, 0.8, 'floored-knapp-hartung')!;
    expect(powerOfSites({ ...planned, sites }, 'floored-knapp-hartung')).toBeGreaterThanOrEqual(0.8);
    expect(powerOfSites({ ...planned, sites: sites - 1 }, 'floored-knapp-hartung')).toBeLessThan(0.8);
    expect(sitesForPower({ ...planned, effect: 0 }, 0.8, 'normal', 0.95, 50)).toBeUndefined();
    expect(() => sitesForPower(planned, 1, 'normal')).toThrow('power must lie between 0 and 1: 1');
  });
});
