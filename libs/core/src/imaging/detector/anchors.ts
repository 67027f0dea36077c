// The anchor boxes of EfficientDet and RetinaNet: on every level a grid, at every place of it the same few shapes.
import type { AnchorSpec } from './decode-spec.ts';

/** One level of the feature pyramid. */
export interface AnchorLevel {
  rows: number;
  columns: number;
  /** px between places */
  strideX: number;
  strideY: number;
}

/** A shape, in strides. */
export interface AnchorShape {
  width: number;
  height: number;
}

/**
 * Levels in the order of the export. A level halves the one before, rounded up, from a frame of level 0 (TensorFlow's
 * `same` padding); the stride is frame over grid.
 */
export function anchorLevels(
  { minLevel, maxLevel, levelOrder }: AnchorSpec,
  frame: { width: number; height: number },
): AnchorLevel[] {
  const halved = (side: number, times: number): number =>
    times === 0 ? side : halved(Math.ceil(side / 2), times - 1);
  const levels = Array.from({ length: maxLevel - minLevel + 1 }, (_, i) => {
    const columns = halved(frame.width, minLevel + i);
    const rows = halved(frame.height, minLevel + i);
    return { rows, columns, strideX: frame.width / columns, strideY: frame.height / rows };
  });
  return levelOrder === 'fine-first' ? levels : levels.reverse();
}

/** The shapes at one place, in the order of the export. */
export function anchorShapes({ scales, ratios, anchorScale, anchorOrder }: AnchorSpec): AnchorShape[] {
  const unit = unitShapes(ratios);
  const scaled = (scale: number, { width, height }: AnchorShape): AnchorShape => ({
    width: anchorScale * scale * width,
    height: anchorScale * scale * height,
  });
  return anchorOrder === 'scale-ratio'
    ? scales.flatMap((scale) => unit.map((shape) => scaled(scale, shape)))
    : unit.flatMap((shape) => scales.map((scale) => scaled(scale, shape)));
}

/** A number is the ratio of a shape of area 1; a pair is the shape itself. */
function unitShapes(ratios: AnchorSpec['ratios']): AnchorShape[] {
  if (ratios.of === 'pairs') return ratios.values.map(([width, height]) => ({ width, height }));
  const wide = ratios.of === 'width-over-height';
  return ratios.values.map((ratio) => {
    const root = Math.sqrt(ratio);
    return wide ? { width: root, height: 1 / root } : { width: 1 / root, height: root };
  });
}
