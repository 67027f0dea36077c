import { describe, expect, it } from '@jest/globals';
import type { BinaryResult, ReportResult } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { canonicalJson } from '@sidemark/core/signing';
import { drawnResult, exampleReport, fineResult } from '../../../../../test/support/report-fixture.ts';
import { sampleProtocol } from '../../protocols/protocol.sample.ts';
import { readReport, requireCoherent } from './read-report.ts';
import { estimated, sampleResult } from '../report.sample.ts';

function issuesOf(work: () => unknown): unknown {
  try {
    work();
  } catch (error) {
    if (error instanceof DomainError && error.code === 'report-invalid') return error.details['issues'];
    throw error;
  }
  return [];
}
const bytes = (text: string) => new TextEncoder().encode(text);

describe('readReport', () => {
  it('refuses what is not JSON, not UTF-8, or not a report', () => {
    expect(issuesOf(() => readReport(bytes('{')))).toEqual(['the payload is not JSON']);
    expect(issuesOf(() => readReport(Uint8Array.of(0xff)))).toEqual(['the payload is not JSON']);
    expect(issuesOf(() => readReport(bytes('{"header":{},"result":{},"pixels":[1]}')))).not.toEqual([]);
  });

  it('takes a report with all of the finer figures', () => {
    const report = exampleReport(fineResult);
    expect(readReport(bytes(canonicalJson(report)))).toEqual(report);
  });

  it('takes one text for one report: canonical JSON, no key twice, no byte order mark, no space', () => {
    const canonical = canonicalJson(exampleReport());
    expect(readReport(bytes(canonical))).toEqual(exampleReport());
    for (const other of [
      canonical.replace('"result":', '"result":{},"result":'),
      canonical.replace('"sequence":1', '"sequence":1.0'),
      `\ufeff${canonical}`,
      `${canonical}\n`,
    ])
      expect(issuesOf(() => readReport(bytes(other)))).toEqual([
        'the payload is not the canonical JSON of the report',
      ]);
  });
});

describe('requireCoherent', () => {
  const result = sampleResult(sampleProtocol);
  const first = result.classifiers[0] as BinaryResult;
  const withFirst = (change: Partial<BinaryResult>): ReportResult => ({
    ...result,
    classifiers: [{ ...first, ...change }, ...result.classifiers.slice(1)],
  });
  const negative = first.covariance.map((row, i) =>
    row.map((cell, j) => (i === 1 && j === 1 ? estimated(-0.1) : cell)),
  );

  it('takes what the protocol asks for', () => {
    expect(issuesOf(() => requireCoherent(result, sampleProtocol))).toEqual([]);
  });

  it.each<[string, ReportResult, RegExp]>([
    [
      'a grid is not one per arm',
      withFirst({ grid: [{ kind: 'not-estimable', reason: 'too-few-affected' }] }),
      /grid: not one per arm/,
    ],
    [
      'a covariance of all cells is no triangle',
      { ...result, joint: [{ cells: [{ classifier: 0, arm: 'original' }], covariance: [[0.1, 0.1]] }] },
      /result.joint/,
    ],
    ['a classifier is missing', { ...result, classifiers: [first] }, /not the classifiers/],
    [
      'classifiers are in another order',
      { ...result, classifiers: [...result.classifiers].reverse() },
      /not the classifiers/,
    ],
    ['a comparison is missing', { ...result, comparisons: [] }, /not the comparisons/],
    ['an arm is missing', withFirst({ arms: ['original'] }), /arms: not the arms/],
    ['an AUC is missing', withFirst({ auc: first.auc.slice(1) }), /auc: not one per arm/],
    [
      'a decision table is missing',
      withFirst({ decisions: first.decisions.slice(1) }),
      /decisions: not one per arm/,
    ],
    ['the covariance is not square', withFirst({ covariance: first.covariance.slice(1) }), /not arms x arms/],
    ['a variance is negative', withFirst({ covariance: negative }), /a variance is below 0/],
  ])('refuses a result in which %s', (_, changed, expected) => {
    expect(issuesOf(() => requireCoherent(changed, sampleProtocol))).toEqual([
      expect.stringMatching(expected),
    ]);
  });

  it('takes figures of what was drawn, one per arm, and a classifier that is withheld', () => {
    const drawn = drawnResult.classifiers[0] as BinaryResult;
    const { segmentation, cam } = drawn;
    expect(issuesOf(() => requireCoherent(withFirst({ segmentation, cam }), sampleProtocol))).toEqual([]);
    const short = { ...segmentation!, dice: segmentation!.dice.slice(1) };
    expect(issuesOf(() => requireCoherent(withFirst({ segmentation: short }), sampleProtocol))).toEqual([
      expect.stringMatching(/segmentation.dice: not one per arm/),
    ]);
    const { classifier, arms } = first;
    const withheld = { kind: 'withheld', classifier, arms, reason: 'below-floor' } as const;
    const report = { ...result, classifiers: [withheld, ...result.classifiers.slice(1)] };
    expect(issuesOf(() => requireCoherent(report, sampleProtocol))).toEqual([]);
  });

  it('refuses tables that are not classes x classes', () => {
    const table = [
      [1, 2, 3],
      [4, 5, 6],
    ];
    const confused = sampleResult(sampleProtocol, { confusion: { 'with-markers': table } });
    expect(issuesOf(() => requireCoherent(confused, sampleProtocol))).toEqual([
      expect.stringMatching(/not classes x classes/),
    ]);
  });

  it('refuses right answers that are not those of the class table', () => {
    const table = [
      [40, 5],
      [8, 30],
    ];
    const graded = sampleResult(sampleProtocol, { confusion: { 'with-markers': table } });
    const withRight = (right: number | null, diagonal: number | null) => {
      const copy = structuredClone(graded);
      const entry = copy.classifiers.find(({ kind }) => kind === 'multiclass');
      if (entry?.kind !== 'multiclass') throw new Error('the sample has no class table');
      entry.right[0] = right;
      entry.confusion[0]![1]![1] = diagonal;
      return issuesOf(() => requireCoherent(copy, sampleProtocol));
    };
    const refused = [expect.stringMatching(/right: not what the diagonal/)];
    expect(withRight(70, 30)).toEqual([]);
    expect(withRight(71, 30)).toEqual(refused);
    expect(withRight(71, null)).toEqual([]);
    expect(withRight(39, null)).toEqual(refused);
    expect(withRight(null, 30)).toEqual([]);
  });
});
