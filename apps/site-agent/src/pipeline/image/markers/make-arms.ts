// One film -> its markers and its arms. The same for an evaluation, for a pack of phantoms, and for a site that keeps
// the films.
import type { DetectorManifest, InpainterManifest, ProtocolDocument } from '@sidemark/core/contract';
import {
  clipToRange,
  type Detection,
  type GrayImage,
  isInert,
  type MarkerMask,
} from '@sidemark/core/imaging';
import type { LoadedModel } from '../../../inference/load-model.ts';
import { fillMarkers, type FilledMarkers, type FillPlan } from './fill-markers.ts';
import { findMarkers, maskOf, thresholdOf } from './find-markers.ts';
import type { ArmFilms } from '../scores/score-arms.ts';

export interface ArmModels {
  readonly detector: LoadedModel<DetectorManifest>;
  readonly inpainter: LoadedModel<InpainterManifest>;
}

/** What a protocol says of looking for markers, of masking them and of filling the holes. */
export type ArmRules = LookRules & FillPlan;

type LookRules = Pick<ProtocolDocument, 'maskPolicy' | 'tiling'>;

export interface MadeArms {
  readonly found: readonly Detection[];
  readonly marked: MarkerMask;
  /** an inert arm is the original itself */
  readonly films: Omit<ArmFilms, 'placebo'>;
  readonly inert: { readonly inpainted: boolean; readonly clipped: boolean };
  readonly filled: FilledMarkers;
}

/**
 * @param lesion ground-truth mask of the film's size; without it no overlap is judged
 * @throws NonFiniteError when a model returns NaN or an infinity
 */
export async function makeArms(
  original: GrayImage,
  { detector, inpainter }: ArmModels,
  rules: ArmRules,
  lesion?: Uint8Array,
): Promise<MadeArms> {
  const found = await markersOn(original, detector, rules);
  const { maskPolicy: policy } = rules;
  const threshold = thresholdOf(policy, detector.manifest);
  const marked = maskOf(original, found, { policy, threshold }, lesion);
  // a box too large to be a marker, or on a lesion, needs a person's eye: the film keeps its original, and is counted
  const filled: FilledMarkers =
    marked.rejected > 0 ? { image: original } : await fillMarkers(original, marked, inpainter, rules);
  const inpainted = filled.image;
  const clipped = clipToRange(original, inpainted);
  const inert = { inpainted: isInert(original, inpainted), clipped: isInert(original, clipped) };
  const films = {
    original,
    // one and the same film object is scored once
    inpainted: inert.inpainted ? original : inpainted,
    clipped: inert.clipped ? original : clipped,
  };
  return { found, marked, films, inert, filled };
}

/** Markers as the rules look for them, best first. @throws NonFiniteError when the detector returns NaN or an infinity */
export async function markersOn(
  film: GrayImage,
  detector: LoadedModel<DetectorManifest>,
  { maskPolicy: policy, tiling }: LookRules,
): Promise<Detection[]> {
  const sameObject = policy.version === 1 ? undefined : policy.sameObject;
  return findMarkers(film, detector, thresholdOf(policy, detector.manifest), { tiling, sameObject });
}
