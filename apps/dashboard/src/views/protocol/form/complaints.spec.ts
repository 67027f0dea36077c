import { describe, expect, it } from '@jest/globals';
import {
  agreementComplaints,
  classifierNameComplaint,
  comparisonComplaints,
  foldComplaint,
  gateComplaint,
  gateNameComplaint,
  numberComplaint,
  swapComplaints,
} from './complaints.ts';
import { classifierRow, everyChoice as good, models } from './form.sample.ts';
import type { SwapForm } from './protocol-form.ts';

describe('a number', () => {
  it.each([
    ['5', { least: 0, most: 5 }, ''],
    ['', { least: 0, most: 5 }, ''],
    ['5.1', { least: 0, most: 5, unit: '%' }, 'A number from 0 to 5 %.'],
    ['1.5', { least: 0, most: 5, isWhole: true, unit: 'px' }, 'A whole number from 0 to 5 px.'],
    ['4', { least: 1, most: 31, isWhole: true, isOdd: true }, 'An odd number from 1 to 31.'],
    ['3', { least: 1, most: 31, isWhole: true, isOdd: true }, ''],
    ['x', { least: 0, most: 5 }, 'A number from 0 to 5.'],
  ])('%s in its bounds', (text, bounds, said) => expect(numberComplaint(text, bounds)).toBe(said));
});

describe('a comparison', () => {
  const at = (part: object) =>
    comparisonComplaints(0, { ...good, comparisons: [{ ...good.comparisons[0]!, ...part }] }, models);

  it('is between two cells of the form that have an AUC', () => {
    expect(at({})).toEqual({ id: '', a: '', b: '' });
    expect(at({ a: 'plain/clipped' }).a).toMatch(/^plain on clipped is not among/);
    expect(at({ b: 'grades/original' }).b).toMatch(/^grades on original is not among/);
    expect(at({ a: 'plain/original' }).b).toBe('Both sides are the same.');
  });

  it('has a name of its own, and a first question before it', () => {
    const [first, second] = good.comparisons;
    const twins = { ...good, comparisons: [first!, { ...second!, id: first!.id }] };
    expect(comparisonComplaints(1, twins, models).id).toMatch(/this name/);
    expect(gateComplaint(good)).toBe('');
    expect(gateComplaint({ ...good, comparisons: [second!] })).toMatch(/^Nothing is asked as first/);
    expect(gateNameComplaint(1, { ...good, gates: ['then', 'then'] })).toMatch(/Two gates/);
    expect(gateNameComplaint(0, { ...good, gates: ['exploratory'] })).not.toBe('');
  });
});

describe('an agreement', () => {
  const at = (part: object) =>
    agreementComplaints(0, { ...good, agreements: [{ ...good.agreements[0]!, ...part }] }, models);

  it('is between two multi-class classifiers with the same labels', () => {
    expect(at({})).toEqual({ id: '', a: '', b: '' });
    expect(at({ a: 'plain/original' }).a).toMatch(/not among the multi-class/);
    expect(at({ b: 'grades/original' }).b).toMatch(/laid against each other anyway/);
    const others = models.map((one) =>
      one.name === 'stages' ? { ...one, manifest: { ...one.manifest, labels: ['a', 'b'] } } : one,
    ) as typeof models;
    expect(agreementComplaints(0, good, others).b).toMatch(/different labels/);
  });
});

describe('a classifier', () => {
  it('has a name of its own', () => {
    const twins = { ...good, classifiers: [classifierRow('plain'), classifierRow('clean', { id: 'plain' })] };
    expect(classifierNameComplaint(twins.classifiers[1]!, twins)).toMatch(/Two classifiers/);
  });

  it('is a fold of one division, of which no other holds out the same', () => {
    const [first, second] = ['part-1', 'part-2'].map((id) => classifierRow(id, { foldOf: 'parts' }));
    const of = (row = first!, other = second!, all = models) =>
      foldComplaint(row, { ...good, classifiers: [row, other] }, all);
    expect(of()).toBe('');
    expect(of(classifierRow('plain', { foldOf: 'parts' }))).toMatch(/names no fold/);
    const changed = (fold: object) =>
      models.map((one) =>
        one.name === 'part-2' ? { ...one, manifest: { ...one.manifest, fold } } : one,
      ) as typeof models;
    expect(of(first, second, changed({ k: 5, heldOut: 1 }))).toMatch(/same fold/);
    expect(of(first, second, changed({ k: 4, heldOut: 2 }))).toMatch(/another division/);
  });
});

it('glyphs need the inpainted film, one of each kind, and sizes', () => {
  const none: SwapForm = { isOn: true, letters: [], looks: [], corners: [], sizes: '' };
  expect(Object.values(swapComplaints(good.swap, good.arms))).toEqual(['', '', '', '', '']);
  expect(Object.values(swapComplaints(none, ['original'])).every((one) => one !== '')).toBe(true);
  const sizes = (text: string): string => swapComplaints({ ...good.swap, sizes: text }, good.arms).sizes;
  expect(sizes('3; 5')).toBe('');
  expect(['0.5', '3, 30', 'three', '1 2 3 4 5 6 7', '3, 3'].map((text) => sizes(text) !== '')).toEqual(
    Array<boolean>(5).fill(true),
  );
});
