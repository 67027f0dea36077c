import { describe, expect, it } from '@jest/globals';
import type { MulticlassResult, PairedCorrectness } from '../../contract/index.ts';
import { analyseAgreement } from './agreement-analysis.ts';
import type { SiteReport } from '../pooling-input.ts';

const size = { images: 30, patients: 30 };

function reportOf(entry: Pick<MulticlassResult, 'right' | 'paired'>, at: number): SiteReport {
  const result = {
    classifiers: [
      {
        ...{ kind: 'multiclass', classifier: 'c'.repeat(64), arms: ['original', 'inpainted'] },
        classes: entry.paired[0]!.table.map(() => size),
        ...entry,
      },
    ],
  } as unknown as SiteReport['result'];
  return { site: `${at}`, siteName: `site-${at}`, payloadDigest: `${at}`, result };
}

const facts = { sha256: 'c'.repeat(64), labels: ['a', 'b', 'c'] };

describe('predictions on two arms', () => {
  // the golden Stuart-Maxwell table of method.md, in two halves
  const halves = [
    [
      [20, 4, 5],
      [1, 30, 15],
      [0, 2, 40],
    ],
    [
      [0, 6, 0],
      [2, 0, 0],
      [0, 3, 0],
    ],
  ];
  const reports = halves.map((table, at) =>
    reportOf(
      {
        right: [20, 25],
        paired: [{ a: 'original', b: 'inpainted', table }],
      },
      at,
    ),
  );

  it('are tested on the added table for equal margins', () => {
    const found = analyseAgreement('grades', facts, ['original', 'inpainted'], reports);
    expect(found.table).toEqual([
      [20, 10, 5],
      [3, 30, 15],
      [0, 5, 40],
    ]);
    expect(found.margins).toMatchObject({
      tests: 'predicted-class-margins',
      statistic: expect.closeTo(13.76470588, 8),
      df: 2,
      p: expect.closeTo(0.00102573, 8),
    });
  });

  it('turn with the arms', () => {
    const turned = analyseAgreement('grades', facts, ['inpainted', 'original'], reports);
    expect(turned.table[1]![0]).toBe(10);
    expect(turned.correctness).toMatchObject({ difference: 10 });
  });

  const right = (of: Partial<Extract<PairedCorrectness, { kind: 'counts' }>>): PairedCorrectness => ({
    ...{ kind: 'counts', both: 60, onlyA: 0, onlyB: 0, neither: 10 },
    ...of,
  });
  const giving = (...correct: (PairedCorrectness | undefined)[]) =>
    reports.map((report, at) => {
      const copy = structuredClone(report);
      (copy.result.classifiers[0] as MulticlassResult).paired[0]!.correct = correct[at];
      return copy;
    });

  it('give McNemar on correctness over the sites that say who is right on both', () => {
    const given = giving(right({ onlyA: 4, onlyB: 12 }), right({ onlyA: 5, onlyB: 9 }));
    const { correctness } = analyseAgreement('grades', facts, ['original', 'inpainted'], given);
    expect(correctness).toMatchObject({
      kind: 'mcnemar',
      test: { onlyA: 9, onlyB: 21, statistic: expect.closeTo(144 / 30, 12) },
      accuracyDifference: expect.closeTo(-12 / 170, 12),
      sites: ['site-0', 'site-1'],
    });
    // binom.test(9, 30)$p.value
    if (correctness.kind === 'mcnemar') expect(correctness.test.exactP).toBeCloseTo(0.0427739, 6);
    const turned = analyseAgreement('grades', facts, ['inpainted', 'original'], given).correctness;
    expect(turned).toMatchObject({ test: { onlyA: 21, onlyB: 9 } });
  });

  it('name the sites that withhold it by leaving them out', () => {
    const withheld = { kind: 'not-estimable', reason: 'too-few-affected' } as const;
    const given = giving(right({ onlyA: 4, onlyB: 12 }), withheld);
    const { correctness } = analyseAgreement('grades', facts, ['original', 'inpainted'], given);
    expect(correctness).toMatchObject({ kind: 'mcnemar', test: { onlyA: 4, onlyB: 12 }, sites: ['site-0'] });
  });

  it('have it of two classes without being told', () => {
    const two = reportOf(
      {
        right: [32, 34],
        paired: [
          {
            ...{ a: 'original', b: 'inpainted' },
            table: [
              [14, 10],
              [2, 14],
            ],
          },
        ],
      },
      0,
    );
    const { correctness } = analyseAgreement(
      'grades',
      { ...facts, labels: ['a', 'b'] },
      ['original', 'inpainted'],
      [two],
    );
    // 12 moved
    expect(correctness).toMatchObject({ kind: 'mcnemar', test: { onlyA: 5, onlyB: 7 } });
  });

  it('bound McNemar on correctness by the totals where no site says more', () => {
    const found = analyseAgreement('grades', facts, ['original', 'inpainted'], reports);
    // 5 fewer right on original at each site; 38 films with two predictions
    expect(found.correctness).toMatchObject({
      kind: 'bound',
      difference: -10,
      discordantAtMost: 38,
      statistic: expect.closeTo(100 / 38, 12),
    });
    const withheld = reports.map((report) => structuredClone(report));
    for (const { result } of withheld) (result.classifiers[0] as MulticlassResult).right[0] = null;
    expect(analyseAgreement('grades', facts, ['original', 'inpainted'], withheld).correctness).toEqual({
      kind: 'not-estimable',
      reason: 'too-few-affected',
    });
  });

  it('lay two classifiers against each other where the protocol asks for it', () => {
    const other = 'd'.repeat(64);
    const given = reports.map((report) => {
      const copy = structuredClone(report);
      const [entry] = copy.result.classifiers as [MulticlassResult];
      entry.paired = [{ ...entry.paired[0]!, a: 'inpainted', b: 'original', against: other }];
      const second = { ...structuredClone(entry), classifier: other, paired: [] };
      second.right[0] = 14;
      copy.result.classifiers.push(second);
      return copy;
    });
    const against = { id: 'others', sha256: other };
    const found = analyseAgreement('grades', facts, ['inpainted', 'original'], given, against);
    expect(found).toMatchObject({ classifier: 'grades', against: 'others', margins: { df: 2 } });
    // 25 right of the first, 14 of the other, at each of two sites
    expect(found.correctness).toMatchObject({ kind: 'bound', difference: 22 });
    expect(analyseAgreement('grades', facts, ['inpainted', 'original'], given).margins).toBeNull();
  });

  it('are empty without reports', () => {
    const found = analyseAgreement('grades', facts, ['original', 'inpainted'], []);
    expect(found).toMatchObject({ sites: [], margins: null });
  });
});
