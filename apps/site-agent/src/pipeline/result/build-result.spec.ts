import { beforeAll, describe, expect, it } from '@jest/globals';
import type { ReportResult } from '@sidemark/core/contract';
import type { DatasetRow } from '../../dataset/registered-dataset.ts';
import type { LocalModels } from '../../models/local-model.ts';
import type { ImageOutcome } from '../image/image-outcome.ts';
import {
  localClassifier,
  localDetector,
  localInpainter,
  localMulticlass,
} from '../test-support/tiny-models.ts';
import { temporaryFolder, tinyProtocol } from '../test-support/tiny-study.ts';
import { buildResult, type Evaluated } from './build-result.ts';

let models: LocalModels;
beforeAll(async () => {
  const folder = await temporaryFolder();
  models = {
    detector: await localDetector(folder),
    inpainter: await localInpainter(folder),
    classifiers: [await localClassifier(folder), await localMulticlass(folder)],
  };
});

interface Case {
  label: 0 | 1;
  /** original, inpainted; clipped is as original */
  logits: [number, number];
  patient?: string;
  class?: number;
  /** predicted class on original, inpainted */
  predicted?: [number, number];
}

const oneHot = (at: number): number[] => [0, 1, 2].map((i) => (i === at ? 1 : 0));

const result = (cases: readonly Case[], others: readonly ImageOutcome[] = []): ReportResult =>
  evaluated(cases, others).result;

function evaluated(cases: readonly Case[], others: readonly ImageOutcome[] = [], floor = 1): Evaluated {
  const row = (i: number): DatasetRow => ({
    path: `${i}`,
    sha256: `${i}`.padStart(64, '0'),
    label: 0,
    patient: `p${i}`,
  });
  const rows = cases.map((one, i) => ({
    ...row(i),
    label: one.label,
    patient: one.patient ?? `p${i}`,
    ...(one.class === undefined ? {} : { class: one.class }),
  }));
  const outcomes = cases.map(({ logits: [o, x], predicted: [p, q] = [0, 0] }): ImageOutcome => ({
    kind: 'scored',
    scores: [
      [[o], [x], [o]],
      [oneHot(p), oneHot(q), oneHot(p)],
    ],
    inert: { inpainted: o === x, clipped: true },
    markers: { left: o === x ? 0 : 2, right: 0, other: 1, needsReview: o === 2 },
  }));
  const more = others.map((_, i) => row(100 + i));
  return buildResult({
    protocol: tinyProtocol(models),
    models,
    rows: [...rows, ...more],
    outcomes: [...outcomes, ...others],
    floor,
    siteName: 'here',
    foldKey: 'key',
  });
}
function binary(from: ReportResult) {
  const [first] = from.classifiers;
  if (first?.kind !== 'binary') throw new Error('binary expected');
  return first;
}

const four: Case[] = [
  { label: 1, logits: [2, 2], class: 1, predicted: [1, 1] },
  { label: 1, logits: [-1, 1], class: 2, predicted: [0, 2] },
  { label: 0, logits: [0, 0], class: 0, predicted: [1, 0] },
  { label: 0, logits: [-2, -2], predicted: [2, 2] },
];

describe('buildResult', () => {
  it('gives AUC, DeLong covariance and decisions of a set done by hand', () => {
    const found = binary(result(four));
    // original: 3 of 4 pairs; V10 = 1, 1/2; V01 = 1/2, 1: S10 = S01 = 1/8, variance 1/8
    expect(found.auc[0]).toEqual({ kind: 'estimate', value: 0.75 });
    expect(found.covariance[0]![0]).toEqual({ kind: 'estimate', value: 0.125 });
    expect(found.auc[1]).toEqual({ kind: 'estimate', value: 1 });
    expect(found.covariance[1]![1]).toEqual({ kind: 'estimate', value: 0 });
    // a logit of 0 reaches the threshold of 0
    expect(found.decisions[0]).toEqual({ kind: 'counts', tp: 1, fn: 1, fp: 1, tn: 1 });
    expect(found.decisions[1]).toEqual({ kind: 'counts', tp: 2, fn: 0, fp: 1, tn: 1 });
    expect(found).toMatchObject({ clustered: false, positives: { images: 2, patients: 2 } });
  });

  it('compares the declared cells by squared placement differences', () => {
    const [comparison] = result(four).comparisons;
    expect(comparison).toMatchObject({
      a: { arm: 'inpainted' },
      b: { arm: 'original' },
      difference: { kind: 'estimate', value: 0.25 },
      variance: { kind: 'estimate', value: 0.125 },
    });
  });

  it('counts classes, leaving out rows without one', () => {
    const second = result(four).classifiers[1];
    if (second?.kind !== 'multiclass') throw new Error('multiclass expected');
    expect(second.classes.map(({ images }) => images)).toEqual([1, 1, 1]);
    expect(second.confusion[0]).toEqual([
      [0, 1, 0],
      [0, 1, 0],
      [1, 0, 0],
    ]);
    expect(second.confusion[1]).toEqual([
      [1, 0, 0],
      [0, 1, 0],
      [0, 0, 1],
    ]);
    expect(second.paired.map(({ a, b }) => `${a} ${b}`)).toEqual([
      'original inpainted',
      'original clipped',
      'inpainted clipped',
    ]);
    expect(second.paired[0]!.table).toEqual([
      [0, 0, 1],
      [1, 1, 0],
      [0, 0, 0],
    ]);
  });

  it('counts skips by reason, inert arms and markers on what was evaluated', () => {
    const { images, inert, markers } = result(four, [
      { kind: 'skipped', reason: 'truncated' },
      { kind: 'skipped', reason: 'unreadable' },
      { kind: 'skipped', reason: 'truncated' },
    ]);
    expect(images.registered).toEqual({ images: 7, patients: 7 });
    expect(images.evaluated).toEqual({ images: 4, patients: 4 });
    expect(images.skipped).toEqual([
      { reason: 'unreadable', images: 1 },
      { reason: 'truncated', images: 2 },
    ]);
    expect(inert).toEqual({ inpainted: 3, clipped: 4 });
    expect(markers).toEqual({ images: 4, left: 2, right: 0, other: 4, needsReview: 1 });
  });

  it('says why there is no number: one class, none at all', () => {
    const one = binary(result(four.filter(({ label }) => label === 1)));
    expect(one.auc[0]).toEqual({ kind: 'not-estimable', reason: 'no-negatives' });
    expect(one.covariance[0]![1]).toEqual({ kind: 'not-estimable', reason: 'no-negatives' });
    expect(one.decisions[0]).toEqual({ kind: 'counts', tp: 1, fn: 1, fp: 0, tn: 0 });
    expect(binary(result([])).auc[0]).toEqual({ kind: 'not-estimable', reason: 'empty' });
  });

  it('gives one half and no variance when all scores are tied', () => {
    const tied = binary(result(four.map((one) => ({ ...one, logits: [1, 1] }))));
    expect(tied.auc[0]).toEqual({ kind: 'estimate', value: 0.5 });
    expect(tied.covariance[0]![0]).toEqual({ kind: 'estimate', value: 0 });
  });

  it('clusters by patient as soon as one has two images', () => {
    const shared = four.map((one, i) => ({ ...one, patient: i < 1 ? 'p1' : `p${i}` }));
    const few = binary(result(shared));
    expect(few.clustered).toBe(true);
    expect(few.positives).toEqual({ images: 2, patients: 1 });
    expect(few.covariance[0]![0]).toEqual({ kind: 'not-estimable', reason: 'too-few-clusters' });
    // every image twice, both of one patient: the variance of the single set but for Obuchowski's factors
    const twice = [...four, ...four].map((one, i) => ({ ...one, patient: `p${i % 4}` }));
    const found = binary(result(twice));
    expect(found.auc[0]).toEqual({ kind: 'estimate', value: 0.75 });
    expect(found.covariance[0]![0]).toEqual({ kind: 'estimate', value: expect.closeTo(0.125, 12) });
  });

  describe('with folds', () => {
    // the tests hold four patients, fold 1 as many, fold 2 one class alone
    const splits = ['test', 'fold-1', 'fold-2', 'train'] as const;
    const rows = splits.flatMap((split, part) =>
      [1, 1, 0, 0].map((label, i): DatasetRow => ({
        path: `${split}-${i}`,
        sha256: `${part}${i}`.padStart(64, '0'),
        label: split === 'fold-2' ? 1 : label === 1 ? 1 : 0,
        patient: `${split}-${i}`,
        split,
      })),
    );
    const outcomes = rows.map(({ split, label }, i): ImageOutcome => {
      if (split === 'train') return { kind: 'skipped', reason: 'split-not-used' };
      const logits = [[label + i], [label + i], [label + i]];
      return {
        kind: 'scored',
        scores: splits.slice(0, 3).map((one) => (one === split ? logits : [])),
        inert: { inpainted: true, clipped: true },
        markers: { left: 0, right: 0, other: 0, needsReview: false },
      };
    });

    function folds(siteName: string): Evaluated {
      const [base] = models.classifiers;
      const classifiers = [undefined, 1, 2].map((heldOut, i) => ({
        ...base!,
        sha256: `${i}`.repeat(64),
        manifest: {
          ...base!.manifest,
          name: `c${i}`,
          trainedOnSites: ['north'],
          ...(heldOut === undefined ? {} : { fold: { k: 5, heldOut } }),
        },
      }));
      const compared = (a: string, b: string) => ({
        id: `${a}-${b}`,
        a: { classifier: a, arm: 'original' },
        b: { classifier: b, arm: 'inpainted' },
      });
      const comparisons = [compared('c0', 'c1'), compared('c1', 'c1'), compared('c1', 'c2')];
      const with3 = { ...models, classifiers };
      const protocol = tinyProtocol(with3, { comparisons });
      return buildResult({ protocol, models: with3, rows, outcomes, floor: 2, siteName, foldKey: 'key' });
    }

    it('judges each classifier on the rows that it has not seen, and withholds a fold that is too small', () => {
      const { result: report, facts } = folds('north');
      const [all, first, second] = report.classifiers;
      expect(all).toMatchObject({ kind: 'binary', rows: 'test', positives: { images: 2, patients: 2 } });
      expect(first).toMatchObject({ kind: 'binary', rows: 'fold', negatives: { images: 2, patients: 2 } });
      expect(second).toMatchObject({ kind: 'withheld', reason: 'below-floor' });
      expect(report.images.skipped).toEqual([{ reason: 'split-not-used', images: 4 }]);
      expect(facts.map(({ classifiers, rows: of }) => [classifiers, of.length])).toEqual([
        [[0], 4],
        [[1], 4],
      ]);
    });

    it('compares on rows that both see, and says why it does not', () => {
      const reasons = folds('north').result.comparisons.map(({ difference, positives }) => [
        difference.kind === 'estimate' ? difference.value : difference.reason,
        positives.images,
      ]);
      expect(reasons).toEqual([
        ['no-common-rows', 0],
        [0, 2],
        ['below-floor', 0],
      ]);
    });

    it('judges all on the same rows at a site where none was trained', () => {
      const some = outcomes.map((one) =>
        one.kind === 'scored' ? { ...one, scores: one.scores.map(() => [[1], [1], [1]]) } : one,
      );
      outcomes.splice(0, outcomes.length, ...some);
      const { result: report, facts } = folds('south');
      expect(report.classifiers.map((one) => one.kind === 'binary' && one.rows)).toEqual([
        'test',
        'test',
        'test',
      ]);
      expect(facts.map(({ classifiers }) => classifiers)).toEqual([[0, 1, 2]]);
    });
  });

  describe('at a floor of two patients', () => {
    const withheld = { kind: 'not-estimable', reason: 'too-few-affected' };

    it('withholds what would tell of the one patient who scores otherwise on an arm', () => {
      const { result: report } = evaluated(four, [], 2);
      expect(report.comparisons[0]).toMatchObject({ difference: withheld, variance: withheld });
      const found = binary(report);
      expect(found.auc.map(({ kind }) => kind)).toEqual(['estimate', 'not-estimable', 'estimate']);
      expect(found.covariance[0]).toEqual([
        expect.objectContaining({ kind: 'estimate' }),
        withheld,
        expect.objectContaining({ kind: 'estimate' }),
      ]);
      expect(found.covariance[1]).toEqual([withheld, withheld, withheld]);
      expect(found.decisions).toEqual([withheld, withheld, withheld]);
    });

    it('withholds decisions with a count of one patient, and those that differ from shown ones on one', () => {
      // twice as many: of each of the four counts two; on the inpainted arm one of them is called otherwise
      const eight = [...four, ...four].map((one, i): Case => {
        const [original] = one.logits;
        return { ...one, logits: [original, i === 3 ? 1 : original] };
      });
      const { decisions } = binary(evaluated(eight, [], 2).result);
      expect(decisions).toEqual([
        { kind: 'counts', tp: 2, fn: 2, fp: 2, tn: 2 },
        withheld,
        { kind: 'counts', tp: 2, fn: 2, fp: 2, tn: 2 },
      ]);
    });

    it('withholds cells of a confusion of one patient with their complements, not those of predictions alone', () => {
      const many = Array.from({ length: 12 }, (_, i): Case => {
        const of = i < 4 ? 0 : i < 8 ? 1 : 2;
        return { label: i < 4 ? 0 : 1, logits: [i, i], class: of, predicted: [i === 0 ? 1 : of, of] };
      });
      const second = evaluated(many, [], 2).result.classifiers[1];
      if (second?.kind !== 'multiclass') throw new Error('multiclass expected');
      const [original, inpainted] = second.confusion;
      expect(original!.flat()).not.toContain(1);
      expect(original![0]![1]).toBeNull();
      expect(inpainted!.flat()).toEqual([4, 0, 0, 0, 4, 0, 0, 0, 4]);
      expect(second.paired[0]!.table[1]![0]).toBe(1);
    });

    it('withholds decisions that set one patient apart from all others', () => {
      const one = four.map((each, i): Case => ({ ...each, logits: i === 0 ? [3, 3] : [-i, -i] }));
      const found = binary(evaluated(one, [], 2).result);
      expect(found.decisions).toEqual([withheld, withheld, withheld]);
      expect(found.auc[0]).toEqual({ kind: 'estimate', value: 1 });
    });

    it('shows arms that are the same', () => {
      const alike = [...four, ...four].map((one) => ({
        ...one,
        logits: [one.logits[0], one.logits[0]] as [number, number],
      }));
      const { result: report } = evaluated(alike, [], 2);
      expect(report.comparisons[0]).toMatchObject({
        difference: { kind: 'estimate', value: 0 },
        variance: { kind: 'estimate', value: 0 },
      });
      const { auc, covariance, decisions } = binary(report);
      expect(JSON.stringify([auc, covariance, decisions])).not.toContain('too-few-affected');
    });
  });

  it('counts beside the result on how many patients its figures rest', () => {
    const {
      facts: [facts],
      result: report,
    } = evaluated(four.map((one, i) => ({ ...one, patient: `p${i % 3}` })));
    // four scores that all differ: three images of others than the commonest, of three patients
    expect(facts?.alone[0]).toEqual({
      cell: { classifier: expect.any(String), arm: 'original' },
      patients: 3,
    });
    // a binary and a three-class classifier have nothing in common to compare, the arms of the latter have
    expect(facts?.pairs.map(({ a, b }) => [a.arm, b.arm, a.classifier === b.classifier])).toEqual([
      ['original', 'inpainted', true],
      ['original', 'clipped', true],
      ['inpainted', 'clipped', true],
    ]);
    expect(JSON.stringify(report)).not.toContain('alone');
  });
});
