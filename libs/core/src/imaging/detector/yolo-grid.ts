// `yolo-grid` (YOLOv8, YOLO11): cx cy w h in px of the model's frame and k class probabilities a place; no objectness.
import { requireFinite } from '../non-finite.ts';
import { boxAround, type Candidate, classesAbove, type DecodeContext } from './candidate.ts';
import type { SpecOf } from './decode-spec.ts';
import { candidateFloor, suppress } from './non-max-suppression.ts';
import { type DetectorOutputs, outputOf, requireClasses, rowCount } from './output-tensors.ts';

/** @throws RangeError on another shape or number of classes, NonFiniteError */
export function decodeYoloGrid(
  outputs: DetectorOutputs,
  { layout, classes: rule, nms }: SpecOf<'yolo-grid'>,
  { threshold, classes }: DecodeContext,
): Candidate[] {
  const output = outputOf(outputs, 'raw');
  const { data, dims } = output;
  const channelsFirst = layout === 'channels-first';
  const channels = dims.at(channelsFirst ? -2 : -1) ?? 0;
  requireClasses(channels - 4, classes);
  const places = channelsFirst ? (dims.at(-1) ?? 0) : rowCount(output, channels);
  if (data.length !== places * channels)
    throw new RangeError(`invalid raw; the batch must be one image: [${dims.join(', ')}]`);
  requireFinite(data, 'detector output');
  const [step, next] = channelsFirst ? [1, places] : [channels, 1];
  const least = candidateFloor(nms, threshold);
  const found: Candidate[] = [];
  for (let i = 0; i < places; i++) {
    const at = (channel: number): number => data[i * step + channel * next]!;
    for (const one of classesAbove((c) => at(4 + c), { classes, rule, least }))
      found.push({ box: boxAround(at(0), at(1), at(2), at(3)), ...one });
  }
  return suppress(found, nms, threshold);
}
