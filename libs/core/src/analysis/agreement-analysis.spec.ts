import { describe, expect, it } from '@jest/globals';
import type { MulticlassResult } from '../contract/index.ts';
import { analyseAgreement } from './agreement-analysis.ts';
import type { SiteReport } from './pooling-input.ts';

const size = { images: 30, patients: 30 };

function reportOf(entry: Pick<MulticlassResult, 'confusion' | 'paired'>, at: number): SiteReport {
  const result = {
    classifiers: [
      {
        ...{ kind: 'multiclass', classifier: 'c'.repeat(64), arms: ['original', 'inpainted'] },
        classes: entry.confusion[0]!.map(() => size),
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
  const confusion = (right: number) => [
    [right, 0, 30 - right],
    [0, 0, 0],
    [0, 0, 0],
  ];
  const reports = halves.map((table, at) =>
    reportOf(
      {
        confusion: [confusion(20), confusion(25)],
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

  it('bound McNemar on correctness by what the sites give', () => {
    const found = analyseAgreement('grades', facts, ['original', 'inpainted'], reports);
    // 5 fewer right on original at each site; 38 films with two predictions
    expect(found.correctness).toMatchObject({
      kind: 'mcnemar',
      difference: -10,
      discordantAtMost: 38,
      exact: false,
      statistic: expect.closeTo(100 / 38, 12),
    });
    const withheld = reports.map((report) => structuredClone(report));
    for (const { result } of withheld)
      (result.classifiers[0] as MulticlassResult).confusion[0]![0]![0] = null;
    expect(analyseAgreement('grades', facts, ['original', 'inpainted'], withheld).correctness).toEqual({
      kind: 'not-estimable',
      reason: 'too-few-affected',
    });
  });

  it('are empty without reports', () => {
    const found = analyseAgreement('grades', facts, ['original', 'inpainted'], []);
    expect(found).toMatchObject({ sites: [], margins: null });
  });
});
