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
import type { FloatTensor } from '../../inference/element-types.ts';
import type { MappedArm, SegmentedArm } from './image-outcome.ts';
import { argmax } from './logits.ts';

/** Film size, row-major, non-zero = inside. */
export interface Regions {
  /** dilated markers */
  marker: Uint8Array;
  /** undefined without ground truth */
  lesion: Uint8Array | undefined;
}

/**
 * Undefined for a classifier that does not segment, and for a film without ground truth.
 * @param seg [1, 1, h, w]
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
  if (planes !== 1) throw new RangeError(`invalid seg; must have one plane: ${planes}`);
  requireFinite(seg.data, 'segmentation');
  if (!truth) return undefined;
  const predicted = predictedMask(seg.data, grid, film, decode.seg);
  return { ...overlapOf(predicted, truth), print: printOf(predicted) };
}

/**
 * Undefined for a classifier without maps.
 * @param cam [1, k, h, w]; of one plane that, of several the positive class's, or the one that is predicted
 * @throws NonFiniteError for NaN or an infinity, RangeError for another shape
 */
export function mapOnFilm(
  cam: FloatTensor | undefined,
  film: Grid,
  regions: Regions,
  { manifest, logits }: { manifest: Pick<ClassifierManifest, 'decode' | 'labels'>; logits: number[] },
): MappedArm | undefined {
  if (!cam) return undefined;
  const [grid, planes] = planesOf(cam);
  const { decode, labels } = manifest;
  const wanted = decode.variant === 'multiclass' ? labels.length : Math.min(planes, 2);
  if (planes !== wanted) throw new RangeError(`invalid cam; must have a plane for each class: ${planes}`);
  const ofClass = decode.variant === 'multiclass' ? argmax(logits) : planes === 1 ? 0 : decode.positiveIndex;
  const size = grid.width * grid.height;
  requireFinite(cam.data, 'activation map');
  const map = cam.data.slice(ofClass * size, (ofClass + 1) * size).map((value) => Math.max(0, value));
  const shares = mapShares(map, coverOf(regions, film, grid));
  const has = (region: Uint8Array | undefined): boolean => region?.includes(1) === true;
  return {
    print: printOf(map),
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
