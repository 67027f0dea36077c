import { describe, expect, it } from '@jest/globals';
import type { RunEvidence, SiteEvidence } from '../../evidence.ts';
import { rightTotals } from './totals.ts';

const [first, second] = ['a'.repeat(64), 'b'.repeat(64)];

/** 30 films with one answer, `moved` with two. */
function siteOf(
  right: readonly [number | null, number | null],
  moved: number,
  role = 'external',
): SiteEvidence {
  const arms = ['original', 'inpainted'];
  const table = [
    [20, moved],
    [0, 10],
  ];
  const own = { a: 'original', b: 'inpainted', table };
  const result = {
    classifiers: [
      { kind: 'multiclass', classifier: first, arms, right, paired: [own, { ...own, against: second }] },
      { kind: 'multiclass', classifier: second, arms, right: [7, 12], paired: [] },
    ],
  };
  return { name: 'a', role, result } as unknown as SiteEvidence;
}

const runOf = (...sites: SiteEvidence[]): RunEvidence =>
  ({ document: { classifiers: [{ id: 'one' }, { id: 'two' }] }, sites }) as unknown as RunEvidence;
const cell = (classifier: string, arm: 'original' | 'inpainted') => ({ classifier, arm });

describe(rightTotals, () => {
  it('adds differences and moved films of the sites that tell both totals, with the bound of p', () => {
    const run = runOf(
      siteOf([30, 20], 15),
      siteOf([25, 15], 10),
      siteOf([null, 15], 9),
      siteOf([9, 9], 9, 'internal'),
    );
    const found = rightTotals(run, [cell('one', 'original'), cell('one', 'inpainted')], 'external');
    // pchisq(20^2 / 25, 1, lower.tail = FALSE)
    expect(found).toEqual({
      ...{ difference: 20, moved: 25, sites: 2, of: 3 },
      pAtMost: expect.closeTo(6.334248e-5, 10),
    });
  });

  it('lays one classifier against another where the protocol asks for it, and is none where no site tells', () => {
    const run = runOf(siteOf([30, 20], 15));
    const pair = [cell('one', 'original'), cell('two', 'inpainted')] as const;
    expect(rightTotals(run, pair, 'external')).toMatchObject({ difference: 18, moved: 15 });
    expect(rightTotals(run, pair, 'internal')).toBeNull();
    expect(rightTotals(runOf(siteOf([null, 3], 1)), pair, 'external')).toBeNull();
  });

  it('has no p where no answer moved', () => {
    const run = runOf(siteOf([20, 20], 0));
    const found = rightTotals(run, [cell('one', 'original'), cell('one', 'inpainted')], 'external');
    expect(found).toMatchObject({ difference: 0, moved: 0, pAtMost: null });
  });
});
