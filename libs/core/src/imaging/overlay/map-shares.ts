// Where a class activation map lies: the share of its mass in regions of the film.
import { requireFinite } from '../non-finite.ts';
import { resizeRows } from '../tensor/resize.ts';
import type { Grid } from './segmentation.ts';

/** Regions of one film, row-major, film size, non-zero = inside. */
export interface Regions {
  marker: Uint8Array;
  /** undefined where there is no ground truth: nothing is lesion then */
  lesion: Uint8Array | undefined;
}

/** Shares in 0..1. Marker and lesion may overlap; `elsewhere` is in neither. */
export interface MapShares {
  marker: number;
  lesion: number;
  elsewhere: number;
}

/** Share of each cell of a map that the regions cover, row-major. */
export interface RegionCover {
  marker: Float32Array;
  lesion: Float32Array;
  both: Float32Array;
}

/**
 * Brings the regions of a film to the grid of its maps: what nearest up-sampling of the map gives, exact at any size.
 * @param on grid of the maps, over the whole field of the film (fit `stretch`)
 * @throws RangeError for a region that is not of the film's size
 */
export function regionCover(film: Grid, on: Grid, { marker, lesion }: Regions): RegionCover {
  for (const region of [marker, ...(lesion ? [lesion] : [])])
    if (region.length !== film.width * film.height)
      throw new RangeError(`invalid region; length must be ${film.width * film.height}: ${region.length}`);
  const inLesion = (i: number): boolean => lesion !== undefined && lesion[i] !== 0;
  return {
    marker: coverage(film, on, (i) => marker[i] !== 0),
    lesion: coverage(film, on, inLesion),
    both: coverage(film, on, (i) => marker[i] !== 0 && inLesion(i)),
  };
}

/**
 * Mass of the map in each region over its whole mass; undefined for a map without mass. Values below 0 count as 0: a map
 * is what a ReLU leaves.
 * @param map row-major, of the grid that the cover was made for
 * @throws NonFiniteError for a map with NaN or an infinity
 * Source: Zhou et al. 2016 (CAM); the share in a region as in the energy-based pointing game of Wang et al. 2020.
 */
export function mapShares(map: Float32Array, cover: RegionCover): MapShares | undefined {
  requireFinite(map, 'activation map');
  const sums = { all: 0, marker: 0, lesion: 0, both: 0 };
  map.forEach((value, cell) => {
    const mass = Math.max(0, value);
    sums.all += mass;
    sums.marker += mass * cover.marker[cell]!;
    sums.lesion += mass * cover.lesion[cell]!;
    sums.both += mass * cover.both[cell]!;
  });
  if (sums.all === 0) return undefined;
  const share = (mass: number): number => Math.min(1, Math.max(0, mass / sums.all));
  const [inOne, all] = [sums.marker + sums.lesion - sums.both, sums.all];
  return { marker: share(sums.marker), lesion: share(sums.lesion), elsewhere: share(all - inOne) };
}

/** Share of each cell of `on` that the region covers. */
function coverage(film: Grid, on: Grid, inside: (pixel: number) => boolean): Float32Array {
  const { width, height } = film;
  const read = (y: number, line: Float32Array): void => {
    for (let x = 0; x < width; x++) line[x] = inside(y * width + x) ? 1 : 0;
  };
  return resizeRows(read, width, height, on.width, on.height, { interpolation: 'area', antialias: false });
}
