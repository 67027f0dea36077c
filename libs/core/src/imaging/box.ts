// Rectangles in pixels. Half-open: x1 <= x < x2, y1 <= y < y2; corners may lie between pixels.

/** Half-open rectangle, px of the frame it is named after (native film unless said otherwise). */
export interface Box {
  x1: number;
  y1: number;
  x2: number;
  y2: number;
}

/** Width times height, px^2; 0 for an empty or inverted box. */
export function boxArea(box: Box): number {
  return Math.max(0, box.x2 - box.x1) * Math.max(0, box.y2 - box.y1);
}

/** Intersection over union, in [0, 1]; 0 when both are empty. */
export function iou(a: Box, b: Box): number {
  const width = Math.min(a.x2, b.x2) - Math.max(a.x1, b.x1);
  const height = Math.min(a.y2, b.y2) - Math.max(a.y1, b.y1);
  if (width <= 0 || height <= 0) return 0;
  const shared = width * height;
  return shared / (boxArea(a) + boxArea(b) - shared);
}

/** Smallest box that holds both. */
export function unionBox(a: Box, b: Box): Box {
  return {
    x1: Math.min(a.x1, b.x1),
    y1: Math.min(a.y1, b.y1),
    x2: Math.max(a.x2, b.x2),
    y2: Math.max(a.y2, b.y2),
  };
}

/** The part of a box that lies in a `width` x `height` frame. */
export function clipBox(box: Box, width: number, height: number): Box {
  const clip = (value: number, high: number): number => Math.min(Math.max(value, 0), high);
  return {
    x1: clip(box.x1, width),
    y1: clip(box.y1, height),
    x2: clip(box.x2, width),
    y2: clip(box.y2, height),
  };
}

/** Smallest whole-pixel box around `box` grown by max(minPx, fraction * side) on each side. */
export function dilateBox(box: Box, minPx: number, fraction: number): Box {
  const dx = Math.max(minPx, fraction * (box.x2 - box.x1));
  const dy = Math.max(minPx, fraction * (box.y2 - box.y1));
  return {
    x1: Math.floor(box.x1 - dx),
    y1: Math.floor(box.y1 - dy),
    x2: Math.ceil(box.x2 + dx),
    y2: Math.ceil(box.y2 + dy),
  };
}

/** True when two boxes overlap or touch, corners included: their pixels are then 8-connected. */
export function boxesTouch(a: Box, b: Box): boolean {
  return a.x1 <= b.x2 && b.x1 <= a.x2 && a.y1 <= b.y2 && b.y1 <= a.y2;
}
