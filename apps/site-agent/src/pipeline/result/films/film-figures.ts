// Means over films of what a classifier drew: Dice on each arm and between arms, shares of its activation maps. Less what
// would point at few patients; the precision is that of `disclosedMoments`.
import type { CamResult, MapMethod, SegmentationResult, ShareMoments } from '@sidemark/core/contract';
import { type BothEmpty, dice, disclosedCount, disclosedMoments } from '@sidemark/core/stats';
import { isTooFew } from '../../../policy/floors.ts';
import type { MappedArm, SegmentedArm } from '../../image/image-outcome.ts';
import { decidedOtherwise, redrawnPatients } from '../disclosure/affected-patients.ts';
import { type Cells, type Curve } from '../curves.ts';
import { patientsWhere } from '../disclosure/patients-where.ts';
import type { Picture } from '../pictures.ts';
import { tooClose } from '../disclosure/too-close.ts';

export interface FilmFigures {
  /** of one classifier, arm by arm */
  readonly curves: readonly Curve[];
  readonly patients: Cells['patients'];
  /** fewest patients that a figure may rest on */
  readonly floor: number;
}

const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' } as const;

/** @param segmented arm by arm, parallel to the patients; undefined: no ground truth */
export function segmentationResult(
  segmented: readonly (readonly (SegmentedArm | undefined)[])[],
  bothEmpty: BothEmpty,
  figures: FilmFigures,
): SegmentationResult {
  const { curves, patients, floor } = figures;
  const closeTo = closenessOf('segmentation', figures);
  const scores = segmented.map((films) => films.map((one) => (one ? dice(one, bothEmpty) : undefined)));
  const withTruth = patientsWhere(patients, (row) => segmented[0]![row] !== undefined);
  return {
    bothEmpty,
    withoutTruth: segmented[0]!.filter((one) => one === undefined).length,
    dice: scores.map((values, arm) => (closeTo.arms[arm] ? tooFew : momentsOf(values, figures))),
    pixels: segmented.map((films, arm) =>
      closeTo.arms[arm] || isTooFew(withTruth, floor) ? tooFew : pixelsOf(films),
    ),
    empty: emptyFilms(segmented, figures),
    differences: pairsOf(curves.length).map(([a, b]) => ({
      a: curves[a]!.arm,
      b: curves[b]!.arm,
      dice: closeTo.pair(a, b) ? tooFew : momentsOf(differenceOf(scores[a]!, scores[b]!), figures),
    })),
  };
}

/** @param mapped arm by arm, parallel to the patients */
export function camResult(
  mapped: readonly (readonly MappedArm[])[],
  method: MapMethod,
  figures: FilmFigures,
): CamResult {
  const closeTo = closenessOf('activation map', figures);
  const share = (name: 'marker' | 'lesion' | 'elsewhere'): ShareMoments[] =>
    mapped.map((films, arm) =>
      closeTo.arms[arm]
        ? tooFew
        : momentsOf(
            films.map(({ shares }) => shares?.[name] ?? undefined),
            figures,
          ),
    );
  const counted = (is: (one: MappedArm) => boolean): CamResult['zeroMaps'] => {
    const found = mapped.map((films) => films.map(is));
    const withheld = setsFewApart(found, figures);
    return found.map((films, arm) =>
      withheld[arm] ? tooFew : { kind: 'counts', images: films.filter(Boolean).length },
    );
  };
  return {
    method,
    marker: share('marker'),
    lesion: share('lesion'),
    elsewhere: share('elsewhere'),
    zeroMaps: counted(({ shares, unavailable }) => shares === null && !unavailable),
    // a map that a model gives out is one of its outputs: without it there is no score either
    ...(method !== 'exported' ? { withoutMap: counted(({ unavailable }) => unavailable === true) } : {}),
  };
}

/** Arms and pairs of arms that differ on so few patients that the figures would be theirs. */
function closenessOf(
  of: Picture['of'],
  { curves, patients, floor }: FilmFigures,
): { arms: boolean[]; pair: (a: number, b: number) => boolean } {
  const pictures = curves.flatMap((curve) => curve.pictures?.filter((one) => one.of === of) ?? []);
  const redrawn = (a: Picture, b: Picture): number => redrawnPatients(a, b, patients, floor);
  const arms = tooClose(pictures, redrawn, floor);
  const pair = (a: number, b: number): boolean =>
    arms[a]! || arms[b]! || isTooFew(redrawn(pictures[a]!, pictures[b]!), floor);
  // nothing was drawn on any film: nothing to hide
  return pictures.length === 0 ? { arms: curves.map(() => false), pair: () => false } : { arms, pair };
}

/** @param values parallel to the patients; undefined does not contribute */
function momentsOf(values: readonly (number | undefined)[], { patients, floor }: FilmFigures): ShareMoments {
  const of = patientsWhere(patients, (row) => values[row] !== undefined);
  if (isTooFew(of, floor)) return tooFew;
  const found = disclosedMoments(values.filter((value) => value !== undefined));
  if (found.kind !== 'estimate') return { kind: 'not-estimable', reason: found.reason };
  const { n: images, mean, variance } = found.value;
  return { kind: 'moments', films: { images, patients: of }, mean, variance };
}

function differenceOf(
  a: readonly (number | undefined)[],
  b: readonly (number | undefined)[],
): (number | undefined)[] {
  return a.map((value, row) => {
    const other = b[row];
    return value === undefined || other === undefined ? undefined : value - other;
  });
}

function pixelsOf(films: readonly (SegmentedArm | undefined)[]): SegmentationResult['pixels'][number] {
  const sum = (name: 'tp' | 'fp' | 'fn'): number =>
    disclosedCount(films.reduce((total, one) => total + (one?.[name] ?? 0), 0));
  return { kind: 'counts', tp: sum('tp'), fp: sum('fp'), fn: sum('fn') };
}

/** Counts of films without lesion, on either side: sizes of the truth, decisions of the model. */
function emptyFilms(
  segmented: readonly (readonly (SegmentedArm | undefined)[])[],
  figures: FilmFigures,
): SegmentationResult['empty'] {
  const known = (row: number): boolean => segmented[0]![row] !== undefined;
  const rows = figures.patients.flatMap((_, row) => (known(row) ? [row] : []));
  const films = segmented.map((of) => rows.map((row) => of[row]!));
  const among = { ...figures, patients: rows.map((row) => figures.patients[row]!) };
  const truth = films[0]!.map(({ tp, fn }) => tp + fn === 0);
  const prediction = films.map((of) => of.map(({ tp, fp }) => tp + fp === 0));
  const smallTruth = setsFewApart([truth], among)[0]!;
  const withheld = setsFewApart(prediction, among);
  return prediction.map((empty, arm) =>
    smallTruth || withheld[arm]
      ? tooFew
      : {
          kind: 'counts',
          both: empty.filter((one, i) => one && truth[i]).length,
          truth: truth.filter(Boolean).length,
          prediction: empty.filter(Boolean).length,
        },
  );
}

/** Yes or no for each film, arm by arm: true where a few stand apart from all others, or from an arm that is shown. */
function setsFewApart(
  decisions: readonly (readonly boolean[])[],
  { patients, floor }: FilmFigures,
): boolean[] {
  const sides = [patients.map(() => true), patients.map(() => false)];
  return tooClose(decisions, (a, b) => decidedOtherwise(a, b, patients), floor, sides);
}

function pairsOf(arms: number): [number, number][] {
  return Array.from({ length: arms }, (_, b) =>
    Array.from({ length: b }, (__, a): [number, number] => [a, b]),
  ).flat();
}
