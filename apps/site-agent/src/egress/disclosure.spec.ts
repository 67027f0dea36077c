import { describe, expect, it } from '@jest/globals';
import type { BinaryResult, ReportResult } from '@sidemark/core/contract';
import { drawnResult, exampleReport, fineResult } from '../../../../test/support/report-fixture.ts';
import { disclosureProblems } from './disclosure.ts';

const { header } = exampleReport();
const problems = (result: ReportResult, floor = 20): string[] =>
  disclosureProblems(exampleReport(result), floor, header);
const [withErrors, withheld] = drawnResult.classifiers as [BinaryResult, ReportResult['classifiers'][number]];
const none = { kind: 'not-estimable', reason: 'too-few-affected' } as const;
const drawn: BinaryResult = { ...withErrors, decisions: [none, none] };
const whole: ReportResult = { ...drawnResult, classifiers: [drawn, withheld] };
const cell = { classifier: 'a'.repeat(64), arm: 'original' as const };
const nobody = { images: 0, patients: 0 };
const absent = { kind: 'not-estimable', reason: 'no-common-rows' } as const;
const compared = {
  a: cell,
  b: cell,
  positives: nobody,
  negatives: nobody,
  difference: absent,
  variance: absent,
};

describe('the floor of a report', () => {
  it('lets means over films pass, a withheld classifier, and a comparison that rests on nobody', () => {
    expect(problems({ ...whole, comparisons: [compared] })).toEqual([]);
  });

  it('lets the finer figures pass, each over as many patients', () => {
    expect(problems(fineResult)).toEqual([]);
  });

  it('stops a mean over too few patients', () => {
    const films = { images: 30, patients: 19 };
    const few = { kind: 'moments', films, mean: 0.5, variance: 0.1 } as const;
    const { segmentation, cam } = drawn;
    for (const change of [
      { segmentation: { ...segmentation!, dice: [few, few] } },
      {
        segmentation: {
          ...segmentation!,
          differences: [{ a: 'original', b: 'inpainted', dice: few } as const],
        },
      },
      { cam: { ...cam!, lesion: [few, few] } },
    ])
      expect(problems({ ...drawnResult, classifiers: [{ ...drawn, ...change }] })).toEqual([
        'classifier 1 has a mean over fewer than 20 patients',
      ]);
  });

  it('stops a count of one truth over too few patients, of decisions, grids, flips and strata', () => {
    const grid = {
      kind: 'cells',
      cells: [{ upTo: 28, positives: 1, negatives: 30, predicted: 0.5 }],
    } as const;
    const flips = { toPositive: 0, toNegative: 3, same: 40 };
    const moments = { kind: 'moments', films: { images: 30, patients: 30 }, mean: 1, variance: 1 } as const;
    const counts = { kind: 'counts', positives: flips, negatives: flips } as const;
    const reliance = { marker: { change: moments, size: moments, bins: none, flips: counts } };
    const size = { images: 30, patients: 19 };
    const strata = [
      {
        of: 'sex',
        level: 'male',
        positives: size,
        negatives: size,
        auc: [none, none],
        variance: [none, none],
      },
    ] as const;
    for (const change of [
      { decisions: withErrors.decisions },
      { grid: [{ ...grid, cells: [...grid.cells] }] },
      { reliance },
      { strata: strata.map((one) => ({ ...one, auc: [...one.auc], variance: [...one.variance] })) },
    ])
      expect(problems({ ...whole, classifiers: [{ ...drawn, ...change }] })).toEqual([
        'classifier 1 has a count below 20 patients',
      ]);
  });

  it('stops who is right on two arms, also where the small count only follows from the answers', () => {
    const size = { images: 100, patients: 100 };
    const graded = (
      correct: Record<'both' | 'onlyA' | 'onlyB' | 'neither', number>,
      right: (number | null)[] = [null, null],
    ): ReportResult => ({
      ...drawnResult,
      classifiers: [
        {
          kind: 'multiclass',
          classifier: 'c'.repeat(64),
          classes: [size, size],
          arms: ['original', 'inpainted'],
          confusion: [],
          right,
          paired: [
            {
              ...{ a: 'original', b: 'inpainted' },
              table: [
                [60, 40],
                [40, 60],
              ],
              correct: { kind: 'counts', ...correct },
            },
          ],
        },
      ],
    });
    const small = ['classifier 1 has a count below 20 patients'];
    expect(problems(graded({ both: 70, onlyA: 30, onlyB: 25, neither: 75 }))).toEqual([]);
    expect(problems(graded({ both: 70, onlyA: 19, onlyB: 25, neither: 86 }))).toEqual(small);
    const fair = { both: 70, onlyA: 30, onlyB: 25, neither: 75 };
    expect(problems(graded(fair, [100, 95]))).toEqual([]);
    expect(problems(graded(fair, [100, 185]))).toEqual(small);
    expect(problems(graded(fair, [7, null]))).toEqual(small);
    // five of those with one answer are wrong
    expect(problems(graded({ both: 115, onlyA: 30, onlyB: 25, neither: 30 }))).toEqual(small);
    // five of those with two answers are wrong on both
    expect(problems(graded({ both: 70, onlyA: 40, onlyB: 35, neither: 55 }))).toEqual(small);
  });

  it('stops a report without any classifier, and an estimate that rests on nobody', () => {
    expect(problems({ ...drawnResult, classifiers: [withheld] })).toEqual([
      'no classifier has 20 patients in each class',
    ]);
    const estimated = { ...compared, difference: { kind: 'estimate', value: 0.1 } as const };
    expect(problems({ ...whole, comparisons: [estimated] })).toEqual([
      'comparison 1 has a class below 20 patients',
    ]);
  });
});
