// `effdet-raw`: the two heads of an EfficientDet or RetinaNet as the network leaves them, scores and regressions of
// every anchor; either all levels in one tensor [1, A, k] and [1, A, 4], or one map a level.
import type { Box } from '../box.ts';
import { requireFinite } from '../non-finite.ts';
import { type AnchorLevel, anchorLevels, type AnchorShape, anchorShapes } from './anchors.ts';
import { boxAround, type Candidate, classesAbove, type DecodeContext, sigmoid } from './candidate.ts';
import type { SpecOf } from './decode-spec.ts';
import { candidateFloor, suppress } from './non-max-suppression.ts';
import { type DetectorOutputs, outputsOf } from './output-tensors.ts';

type Spec = SpecOf<'effdet-raw'>;
/** Value of one channel (anchor x what is said of it) at one place of a level. */
type Read = (place: number, channel: number) => number;

/** @throws RangeError when outputs and anchors do not agree in size, NonFiniteError */
export function decodeEffdetRaw(
  outputs: DetectorOutputs,
  spec: Spec,
  { frame, threshold, classes }: DecodeContext,
): Candidate[] {
  const levels = anchorLevels(spec.anchors, frame);
  const shapes = anchorShapes(spec.anchors);
  const scores = readLevels(outputs, 'scores', spec.heads, levels, shapes.length * classes);
  const deltas = readLevels(outputs, 'boxes', spec.heads, levels, shapes.length * 4);
  const probability = spec.activation === 'sigmoid' ? sigmoid : (value: number): number => value;
  const wanted = { classes, rule: spec.classes, least: candidateFloor(spec.nms, threshold) };
  const found: Candidate[] = [];
  levels.forEach((level, l) => {
    for (let place = 0; place < level.rows * level.columns; place++) {
      shapes.forEach((shape, a) => {
        const scoreOf = (c: number): number => probability(scores[l]!(place, a * classes + c));
        const above = classesAbove(scoreOf, wanted);
        if (above.length === 0) return;
        const delta = (k: number): number => deltas[l]!(place, 4 * a + k);
        const box = regress(spec.regression, anchorAt(level, shape, place), delta);
        for (const one of above) found.push({ box, ...one });
      });
    }
  });
  return suppress(found, spec.nms, threshold);
}

interface Anchor {
  cx: number;
  cy: number;
  width: number;
  height: number;
}

/** Places run row by row; an anchor sits in the middle of its place. */
function anchorAt({ columns, strideX, strideY }: AnchorLevel, shape: AnchorShape, place: number): Anchor {
  return {
    cx: ((place % columns) + 0.5) * strideX,
    cy: (Math.floor(place / columns) + 0.5) * strideY,
    width: shape.width * strideX,
    height: shape.height * strideY,
  };
}

/** center-exp: Ren et al. 2015, Eq. 2, in the order ty tx th tw. corner-std: each corner moves by delta x std x side. */
function regress(
  regression: Spec['regression'],
  { cx, cy, width, height }: Anchor,
  delta: (k: number) => number,
): Box {
  if (regression.kind === 'center-exp-yxhw') {
    const [ty, tx, th, tw] = [delta(0), delta(1), delta(2), delta(3)];
    return boxAround(cx + tx * width, cy + ty * height, width * Math.exp(tw), height * Math.exp(th));
  }
  const anchor = boxAround(cx, cy, width, height);
  const [dx, dy] = [regression.std * width, regression.std * height];
  return {
    x1: anchor.x1 + delta(0) * dx,
    y1: anchor.y1 + delta(1) * dy,
    x2: anchor.x2 + delta(2) * dx,
    y2: anchor.y2 + delta(3) * dy,
  };
}

/** One reader a level, whichever way the heads were exported. */
function readLevels(
  outputs: DetectorOutputs,
  semantic: string,
  heads: Spec['heads'],
  levels: readonly AnchorLevel[],
  channels: number,
): Read[] {
  const tensors = outputsOf(outputs, semantic);
  const sizes = levels.map(({ rows, columns }) => rows * columns);
  const wanted =
    heads === 'concatenated'
      ? [channels * sizes.reduce((sum, places) => sum + places, 0)]
      : sizes.map((places) => channels * places);
  const found = tensors.map(({ data }) => data.length);
  if (found.length !== wanted.length || found.some((length, i) => length !== wanted[i]))
    throw new RangeError(
      `invalid ${semantic}; the anchors ask for lengths ${wanted.join(', ')}: ${found.join(', ')}`,
    );
  for (const { data } of tensors) requireFinite(data, 'detector output');
  let start = 0;
  return sizes.map((places, l) => {
    const { data } = tensors[heads === 'concatenated' ? 0 : l]!;
    if (heads === 'maps-nchw') return (place, channel) => data[channel * places + place]!;
    const own = heads === 'concatenated' ? data.subarray(start, start + places * channels) : data;
    start += places * channels;
    return (place, channel) => own[place * channels + channel]!;
  });
}
