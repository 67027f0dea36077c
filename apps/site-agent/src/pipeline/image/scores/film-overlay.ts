// What a classifier draws, laid over the film: a segmentation against the ground truth, an activation map over marker and
// lesion. Numbers and prints come out; no picture is kept.
import type { ClassifierManifest } from '@sidemark/core/contract';
import {
  type Grid,
  mapShares,
  overlapOf,
  predictedMask,
  regionCover,
  type RegionCover,
  requireFinite,
} from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import type { FloatTensor } from '../../../inference/element-types.ts';
import type { MappedArm, SegmentedArm } from '../image-outcome.ts';
import { targetOf } from './logits.ts';

/** Film size, row-major, non-zero = inside. */
export interface Regions {
  /** dilated markers */
  marker: Uint8Array;
  /** undefined without ground truth */
  lesion: Uint8Array | undefined;
}

/**
 * Undefined for a classifier that does not segment, and for a film without ground truth.
 * @param seg [1, planes, h, w]
 * @throws NonFiniteError for NaN or an infinity, RangeError for another shape
 */
export function segmentOnFilm(
  seg: FloatTensor | undefined,
  film: Grid,
  truth: Uint8Array | undefined,
  { decode }: Pick<ClassifierManifest, 'decode'>,
): SegmentedArm | undefined {
  if (decode.variant !== 'multitask') return undefined;
  if (!seg) throw new RangeError('a multi-task classifier gives seg');
  const [grid, planes] = planesOf(seg);
  const wanted = decode.seg.planes ?? 1;
  if (planes !== wanted) throw new RangeError(`invalid seg; must have ${wanted} planes: ${planes}`);
  requireFinite(seg.data, 'segmentation');
  if (!truth) return undefined;
  const predicted = predictedMask(seg.data, grid, film, decode.seg);
  return { ...overlapOf(predicted, truth), print: printOf(predicted) };
}

/** One plane over the film's own field, after ReLU, row-major. */
export interface FilmMap extends Grid {
  data: Float32Array;
}

/**
 * The plane of an output that is said to be cam: of one plane that, of several the class's that `targetOf` explains.
 * @param cam [1, k, h, w]
 * @throws NonFiniteError for NaN or an infinity, RangeError for another shape
 */
export function exportedMap(
  cam: FloatTensor,
  manifest: Pick<ClassifierManifest, 'decode' | 'labels'>,
  logits: readonly number[],
): FilmMap {
  const [grid, planes] = planesOf(cam);
  const { decode, labels } = manifest;
  const wanted =
    decode.variant === 'multiclass' || (decode.variant === 'multilabel' && planes > 1)
      ? labels.length
      : Math.min(planes, 2);
  if (planes !== wanted) throw new RangeError(`invalid cam; must have a plane for each class: ${planes}`);
  const ofClass = planes === 1 ? 0 : targetOf(planes, logits, manifest).indexOf(1);
  const size = grid.width * grid.height;
  requireFinite(cam.data, 'activation map');
  const data = cam.data.slice(ofClass * size, (ofClass + 1) * size).map((value) => Math.max(0, value));
  return { ...grid, data };
}

/** Where a map lies; undefined: it could not be made. */
export function mapOnFilm(map: FilmMap | undefined, film: Grid, regions: Regions): MappedArm {
  if (!map) return { print: 0, shares: null, unavailable: true };
  const shares = mapShares(map.data, coverOf(regions, film, map));
  const has = (region: Uint8Array | undefined): boolean => region?.includes(1) === true;
  return {
    print: printOf(map.data),
    shares: shares
      ? {
          marker: has(regions.marker) ? shares.marker : null,
          lesion: has(regions.lesion) ? shares.lesion : null,
          elsewhere: shares.elsewhere,
        }
      : null,
  };
}

/** Every classifier on every arm asks for the same few. */
const covers = new WeakMap<Regions, Map<string, RegionCover>>();

function coverOf(regions: Regions, film: Grid, on: Grid): RegionCover {
  const known = covers.get(regions) ?? new Map<string, RegionCover>();
  covers.set(regions, known);
  const key = `${on.width} x ${on.height}`;
  const cover = known.get(key) ?? regionCover(film, on, regions);
  known.set(key, cover);
  return cover;
}

function planesOf({ dims, data }: FloatTensor): [Grid, number] {
  const [batch, planes, height, width] = dims;
  if (dims.length !== 4 || batch !== 1 || data.length !== planes! * height! * width! || data.length === 0)
    throw new RangeError(`invalid map; must be [1, k, h, w]: [${dims.join(', ')}]`);
  return [{ width: width!, height: height! }, planes!];
}

function printOf(picture: Uint8Array | Float32Array): number {
  if (!picture.some((value) => value !== 0)) return 0;
  const bytes = new Uint8Array(picture.buffer, picture.byteOffset, picture.byteLength);
  return parseInt(sha256(bytes).slice(0, 12), 16);
}
