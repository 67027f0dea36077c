import { describe, expect, it } from '@jest/globals';
import type { MapMethod } from '@sidemark/core/contract';
import type { MappedArm, SegmentedArm } from '../../image/image-outcome.ts';

import { camResult, type FilmFigures, segmentationResult } from './film-figures.ts';
import type { Curve } from '../curves.ts';

const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' };
const arms = ['original', 'inpainted'] as const;

/** A film whose mask has the print that its counts make. */
const film = (tp: number, fp: number, fn: number): SegmentedArm => ({ tp, fp, fn, print: 100 * tp + fp });
type Films = readonly (SegmentedArm | undefined)[];

function figuresOf(of: 'segmentation' | 'activation map', prints: number[][], floor: number): FilmFigures {
  const curves = arms.map((arm, at): Curve => ({
    classifier: 'one',
    arm,
    kind: 'binary',
    model: 'a',
    values: [],
    pictures: [{ of, prints: prints[at]!, sizes: prints[at]! }],
  }));
  return { curves, patients: prints[0]!.map((_, patient) => patient), floor };
}

function segmentation(original: Films, inpainted: Films, floor = 1, bothEmpty: 'one' | 'excluded' = 'one') {
  const prints = [original, inpainted].map((films) => films.map((one) => one?.print ?? 0));
  return segmentationResult([original, inpainted], bothEmpty, figuresOf('segmentation', prints, floor));
}

describe('the segmentation of a classifier', () => {
  const original = [film(4, 0, 0), film(0, 0, 0), film(0, 3, 0), film(0, 0, 5), undefined];
  const inpainted = [film(2, 0, 2), film(0, 0, 0), film(0, 0, 0), film(0, 0, 5), undefined];

  it('is worked out by hand: both empty is one, one empty is zero', () => {
    const found = segmentation(original, inpainted);
    // Dice 1, 1, 0, 0 and 2/3, 1, 1, 0
    expect(found.dice[0]).toEqual({
      kind: 'moments',
      films: { images: 4, patients: 4 },
      mean: 0.5,
      variance: 0.333,
    });
    expect(found.dice[1]).toMatchObject({ mean: 0.66, variance: 0.222 });
    expect(found.pixels[0]).toEqual({ kind: 'counts', tp: 4, fp: 3, fn: 5 });
    expect(found.empty).toEqual([
      { kind: 'counts', both: 1, truth: 2, prediction: 2 },
      { kind: 'counts', both: 2, truth: 2, prediction: 3 },
    ]);
    expect(found.withoutTruth).toBe(1);
    // 1/3, 0, -1, 0
    expect(found.differences).toEqual([
      { a: 'original', b: 'inpainted', dice: expect.objectContaining({ mean: -0.16, variance: 0.333 }) },
    ]);
  });

  it('leaves films out that are empty on both sides, where the protocol says so; a pair needs both', () => {
    const found = segmentation(original, inpainted, 1, 'excluded');
    expect(found.dice.map((one) => one.kind === 'moments' && one.films.images)).toEqual([3, 2]);
    expect(found.differences[0]!.dice).toMatchObject({ films: { images: 2 } });
    expect(found.empty[1]).toMatchObject({ both: 2 });
  });

  it('has no mean without ground truth, and none over fewer patients than the floor', () => {
    expect(segmentation([undefined], [undefined]).dice[0]).toEqual({
      kind: 'not-estimable',
      reason: 'empty',
    });
    const found = segmentation(original, original, 5);
    expect(found.dice).toEqual([tooFew, tooFew]);
    expect(found.pixels).toEqual([tooFew, tooFew]);
    expect(found.empty).toEqual([tooFew, tooFew]);
    expect(found.differences[0]!.dice).toEqual(tooFew);
    expect(segmentation(original, original, 4).dice[0]).toMatchObject({ kind: 'moments' });
  });

  it('withholds an arm that differs from the other on fewer patients than the floor, and shows equal ones', () => {
    const many = Array.from({ length: 20 }, (_, i) => film(i + 1, 1, 1));
    const changed = many.map((one, i) => (i === 3 ? film(9, 9, 9) : one));
    const found = segmentation(many, changed, 10);
    expect(found.dice).toEqual([expect.objectContaining({ kind: 'moments' }), tooFew]);
    expect(found.pixels[1]).toEqual(tooFew);
    expect(found.differences[0]!.dice).toEqual(tooFew);
    expect(segmentation(many, many, 10).differences[0]!.dice).toMatchObject({ mean: 0, variance: 0 });
  });

  it('withholds counts of empty films that set a few patients apart', () => {
    const many = Array.from({ length: 20 }, (_, i) => (i < 10 ? film(5, 1, 1) : film(0, 1, 0)));
    expect(segmentation(many, many, 10).empty[0]).toEqual({
      kind: 'counts',
      both: 0,
      truth: 10,
      prediction: 0,
    });
    const one = many.map((each, i) => (i === 0 ? film(0, 0, 6) : each));
    expect(segmentation(one, one, 10).empty[0]).toEqual(tooFew);
    const truth = many.map((each, i) => (i < 12 ? film(5, 1, 1) : each));
    expect(segmentation(truth, truth, 10).empty[0]).toEqual(tooFew);
  });
});

describe('the activation maps of a classifier', () => {
  const map = (marker: number | null, lesion: number | null, print = 1): MappedArm => ({
    print,
    shares: { marker, lesion, elsewhere: 1 - (marker ?? 0) - (lesion ?? 0) },
  });
  const zero: MappedArm = { print: 0, shares: null };
  const cam = (original: MappedArm[], inpainted: MappedArm[], floor = 1, method: MapMethod = 'exported') =>
    camResult(
      [original, inpainted],
      method,
      figuresOf(
        'activation map',
        [original, inpainted].map((films) => films.map(({ print }) => print)),
        floor,
      ),
    );

  it('are averaged over the films that have the region; maps without mass are counted', () => {
    const films = [map(0.5, null), map(0.25, 0.5), map(null, 0.25), zero];
    const found = cam(films, films);
    expect(found.marker[0]).toMatchObject({ films: { images: 2, patients: 2 }, mean: 0.38 });
    expect(found.lesion[0]).toMatchObject({ films: { images: 2, patients: 2 }, mean: 0.38 });
    expect(found.elsewhere[0]).toMatchObject({ films: { images: 3, patients: 3 }, mean: 0.5 });
    expect(found.zeroMaps[0]).toEqual({ kind: 'counts', images: 1 });
  });

  it('that could not be made are counted apart from those without mass', () => {
    const lost: MappedArm = { print: 0, shares: null, unavailable: true };
    const films = [map(0.5, null), map(0.25, 0.5), map(null, 0.25), zero, lost, lost];
    const found = cam(films, films, 1, 'gradcam-bump');
    expect(found).toMatchObject({ method: 'gradcam-bump', zeroMaps: [{ images: 1 }, { images: 1 }] });
    expect(found.withoutMap?.[0]).toEqual({ kind: 'counts', images: 2 });
    expect(found.elsewhere[0]).toMatchObject({ films: { images: 3, patients: 3 } });
    expect(cam(films, films, 10, 'cam').withoutMap?.[0]).toEqual(tooFew);
    expect(cam(films, films)).not.toHaveProperty('withoutMap');
  });

  it('are withheld over fewer patients than the floor, and on an arm that differs on fewer', () => {
    const films = Array.from({ length: 12 }, (_, i) => map(i < 9 ? 0.5 : null, i < 11 ? 0.1 : null, i + 1));
    const found = cam(films, films, 10);
    expect(found.marker[0]).toEqual(tooFew);
    expect(found.lesion[0]).toMatchObject({ kind: 'moments' });
    const changed = cam(
      films,
      films.map((one, i) => (i === 0 ? { ...one, print: 99 } : one)),
      10,
    );
    expect(changed.lesion.map(({ kind }) => kind)).toEqual(['moments', 'not-estimable']);
    expect(cam([...films.slice(1), zero], films, 10).zeroMaps[0]).toEqual(tooFew);
  });
});
