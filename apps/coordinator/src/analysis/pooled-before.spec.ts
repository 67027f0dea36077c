import { describe, expect, it } from '@jest/globals';
import type { PoolingInput } from '@sidemark/core/analysis';
import type { Analysis } from '@sidemark/core/contract';
import { PooledBefore } from './pooled-before.ts';

const report = (digit: string) => ({ site: 's', siteName: 'north', payloadDigest: digit.repeat(64) });
const input = (change: object = {}): PoolingInput =>
  ({
    ...{ run: 'r1', protocolDigest: 'p', classifiers: new Map(), sites: [{ site: 's' }], history: [] },
    ...{ verdicts: new Map([['s', 'qualified']]), computedAt: 'then', reports: [report('a')] },
    ...change,
  }) as unknown as PoolingInput;

describe('results that were pooled before', () => {
  const counted = (): { before: PooledBefore; pooled: () => number } => {
    let times = 0;
    const pool = (): Analysis => ({ schema: ++times }) as unknown as Analysis;
    return { before: new PooledBefore(pool), pooled: () => times };
  };

  it('are given again for the same input alone', () => {
    const { before, pooled } = counted();
    expect(before.of(input())).toBe(before.of(input()));
    expect(pooled()).toBe(1);
  });

  it.each([
    ['a report', { reports: [report('b')] }],
    ['a verdict', { verdicts: new Map([['s', 'not-qualified']]) }],
    ['why a site does not report', { sites: [{ site: 's', refusal: 'policy-refused' }] }],
    ['what was superseded', { history: [{ site: 's', reports: [] }] }],
    ['a name', { reports: [{ ...report('a'), siteName: 'south' }] }],
    ['the instant of a run without reports', { computedAt: 'now' }],
  ])('are pooled anew by %s', (_, change) => {
    const { before, pooled } = counted();
    before.of(input());
    before.of(input(change));
    expect(pooled()).toBe(2);
  });

  it('are of the last runs, and no more', () => {
    const { before, pooled } = counted();
    for (let i = 0; i < 9; i++) before.of(input({ run: `r${i}` }));
    before.of(input({ run: 'r8' }));
    before.of(input({ run: 'r0' }));
    expect(pooled()).toBe(10);
  });
});
