// The detector's part: film -> markers in native pixels.
import type { DetectorManifest, ProtocolDocument } from '@sidemark/core/contract';
import {
  type Candidate,
  cropFilm,
  decodeDetections,
  type Detection,
  type GrayImage,
  type IntensityMap,
  intensityMap,
  markerCensus,
  type MarkerMask,
  markerMask,
  mergeViews,
  refineMask,
  type SameObject,
  suppressAcrossClasses,
  tilesOf,
  type TileView,
  toModelInput,
} from '@sidemark/core/imaging';
import type { LoadedModel } from '../../../inference/load-model.ts';
import type { MarkerFacts } from '../image-outcome.ts';

type MaskPolicy = ProtocolDocument['maskPolicy'];

/** How a film is looked at; by default as a whole, and an L and an R on one object are one marker. */
export interface Look {
  tiling?: ProtocolDocument['tiling'];
  sameObject?: SameObject | undefined;
}

/** The protocol's threshold; without one of its own, the one shipped with the detector. */
export function thresholdOf({ scoreThreshold }: MaskPolicy, { thresholds }: DetectorManifest): number {
  return scoreThreshold ?? thresholds.score;
}

/**
 * Markers with a score of at least `threshold`, best first.
 * @throws RangeError when the outputs do not have the shapes of their variant
 * @throws NonFiniteError when the detector returns NaN or an infinity
 */
export async function findMarkers(
  film: GrayImage,
  detector: LoadedModel<DetectorManifest>,
  threshold: number,
  { tiling, sameObject }: Look = {},
): Promise<Detection[]> {
  const candidates = tiling
    ? await lookInTiles(film, detector, threshold, tiling)
    : await lookAt(film, detector, threshold);
  return suppressAcrossClasses(candidates, sameObject);
}

/** All views share the greys of the film: a tile of lung alone is not stretched to the full range. */
async function lookInTiles(
  film: GrayImage,
  detector: LoadedModel<DetectorManifest>,
  threshold: number,
  tiling: NonNullable<Look['tiling']>,
): Promise<Candidate[]> {
  const { size, intensity } = detector.manifest.input.image;
  const tiles = tilesOf(film, size, tiling);
  if (tiles.length === 0) return lookAt(film, detector, threshold);
  const greys = intensityMap(film.pixels, intensity, { min: film.minValue, max: film.maxValue });
  const whole = { x1: 0, y1: 0, x2: film.width, y2: film.height };
  const views: TileView[] = [];
  for (const tile of tiling.wholeFilm ? [whole, ...tiles] : tiles)
    views.push({ tile, found: await lookAt(cropFilm(film, tile), detector, threshold, greys) });
  return mergeViews(film, views, tiling);
}

async function lookAt(
  film: GrayImage,
  detector: LoadedModel<DetectorManifest>,
  threshold: number,
  greys?: IntensityMap,
): Promise<Candidate[]> {
  const { decode, input, labels } = detector.manifest;
  const { image } = input;
  const intensity = greys
    ? { ...image.intensity, scale: 'fixed' as const, fixed: [greys.lo, greys.hi] as const }
    : image.intensity;
  const { data, dims, transform } = toModelInput(film, { ...image, intensity });
  const outputs = await detector.runAll({ data, dims });
  return decodeDetections(outputs, transform, { decode, classes: labels.length, threshold });
}

/**
 * The pixels to be inpainted, as the version of the policy says.
 * @param truth ground-truth mask of the film's size; without it no overlap is judged
 */
export function maskOf(
  film: GrayImage,
  found: readonly Detection[],
  { policy, threshold }: { policy: MaskPolicy; threshold: number },
  truth?: Uint8Array,
): MarkerMask {
  const marked = markerMask(film, found, { ...policy, scoreThreshold: threshold }, truth);
  return policy.version === 2 && policy.refine ? refineMask(film, marked, policy.refine) : marked;
}

/** Markers by the side that the detector's labels name. */
export function countMarkers(
  found: readonly Detection[],
  labels: readonly string[],
): { left: number; right: number; other: number } {
  const counts = { left: 0, right: 0, other: 0 };
  for (const { label } of found) counts[sideOf(labels[label] ?? '')]++;
  return counts;
}

/** What the site's census keeps of each marker, in the order of the detections. */
export function markerFacts(
  film: GrayImage,
  found: readonly Detection[],
  labels: readonly string[],
): MarkerFacts[] {
  return markerCensus(film, found).map(({ label, ...facts }) => ({
    letter: sideOf(labels[label] ?? ''),
    ...facts,
  }));
}

/** Which side of the patient a detector's label names. */
export function sideOf(label: string): 'left' | 'right' | 'other' {
  const word = label.toLowerCase();
  if (word === 'left' || word === 'l') return 'left';
  return word === 'right' || word === 'r' ? 'right' : 'other';
}
