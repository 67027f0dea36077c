import { describe, expect, it } from '@jest/globals';
import { catalogue, type DomainError } from '@sidemark/core/errors';
import { callerOf, RateLimit } from './rate-limit.ts';

function limitAt(perMinute: number): { limit: RateLimit; pass: (ms: number) => void } {
  let now = 1_000_000;
  return { limit: new RateLimit(perMinute, () => now), pass: (ms) => void (now += ms) };
}

const refusal = (work: () => void): DomainError | undefined => {
  try {
    work();
    return undefined;
  } catch (error) {
    return error as DomainError;
  }
};

describe('a rate limit', () => {
  it('lets so many through and says how long to wait', () => {
    const { limit, pass } = limitAt(2);
    limit.take('a');
    pass(20_000);
    limit.take('a');
    expect(refusal(() => limit.take('a'))).toMatchObject({
      code: 'rate-limited',
      details: { perMinute: 2, retryAfterSeconds: 40 },
    });
    expect(catalogue['rate-limited']).toMatchObject({ status: 429, failure: 'transient' });
  });

  it('counts each caller for itself, and forgets when the minute is over', () => {
    const { limit, pass } = limitAt(1);
    limit.take('a');
    limit.take('b');
    expect(refusal(() => limit.take('a'))?.code).toBe('rate-limited');
    pass(60_000);
    expect(refusal(() => limit.take('a'))).toBeUndefined();
  });

  it('does not lock anybody out when the clock is set back', () => {
    const { limit, pass } = limitAt(1);
    limit.take('a');
    pass(-3_600_000);
    expect(refusal(() => limit.take('a'))).toBeUndefined();
  });
});

describe('a caller', () => {
  it.each([
    ['192.0.2.7', '192.0.2.7'],
    ['::ffff:192.0.2.7', '192.0.2.7'],
    ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
    ['2001:db8:1:2::9', '2001:db8:1:2::/64'],
    ['2001:DB8::1', '2001:db8:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
    [undefined, 'unknown'],
  ])('%s counts as %s', (address, caller) => {
    expect(callerOf(address)).toBe(caller);
  });
});
