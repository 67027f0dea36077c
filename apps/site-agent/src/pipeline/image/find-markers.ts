// The detector's part: film -> markers in native pixels.
import type { DetectorManifest, ProtocolDocument } from '@sidemark/core/contract';
import {
  decodeNmsPadded,
  type Detection,
  type GrayImage,
  type MaskPolicy,
  toModelInput,
} from '@sidemark/core/imaging';
import type { LoadedModel } from '../../inference/load-model.ts';

/** The protocol's mask policy; without a threshold of its own, the one shipped with the detector. */
export function maskPolicyOf(policy: ProtocolDocument['maskPolicy'], detector: DetectorManifest): MaskPolicy {
  const { dilateMinPx, dilateFraction, maxAreaFraction } = policy;
  const scoreThreshold = policy.scoreThreshold ?? detector.thresholds.score;
  return { scoreThreshold, dilateMinPx, dilateFraction, maxAreaFraction };
}

/** @throws NonFiniteError when the detector returns NaN or an infinity */
export async function findMarkers(
  film: GrayImage,
  detector: LoadedModel<DetectorManifest>,
  threshold: number,
): Promise<Detection[]> {
  const input = toModelInput(film, detector.manifest.input.image);
  const { boxes, scores, labels } = await detector.run(input);
  if (!boxes || !scores || !labels) throw new RangeError('a detector gives boxes, scores and labels');
  return decodeNmsPadded(
    { boxes: boxes.data, scores: scores.data, labels: labels.data },
    input.transform,
    threshold,
  );
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

function sideOf(label: string): 'left' | 'right' | 'other' {
  const word = label.toLowerCase();
  if (word === 'left' || word === 'l') return 'left';
  return word === 'right' || word === 'r' ? 'right' : 'other';
}
