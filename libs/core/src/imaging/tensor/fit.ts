// Where a film lands in the fixed frame of a model, and the way back.
import { type Box, clipBox } from '../box.ts';
import { halfEven } from './quantise.ts';

export type Fit = 'stretch' | 'letterbox-center' | 'letterbox-topleft' | 'crop';
/** half-even: Python's `round`. */
export type RoundSize = 'floor' | 'round' | 'half-even';

/** Native px -> model px: `x * scaleX + offsetX`, `y * scaleY + offsetY`; continuous coordinates, pixel i spans [i, i+1). */
export interface FitTransform {
  /** native film, px */
  width: number;
  height: number;
  /** model frame, px */
  frameWidth: number;
  frameHeight: number;
  /** resampled film, px: inside the frame, the rest is padding; for `crop` it reaches beyond it */
  contentWidth: number;
  contentHeight: number;
  scaleX: number;
  scaleY: number;
  offsetX: number;
  offsetY: number;
}

/**
 * Geometry of a fit. Letterbox and crop keep the aspect ratio up to the rounding of the content size; crop fills the
 * frame and loses what sticks out at both ends (torchvision's `CenterCrop`: an odd rest is halved to the even number).
 * @param roundSize how the content size becomes whole pixels; at least 1 px either way
 * @param shorterSide crop: of the content, px, at least the frame's; default: the frame is just filled
 * @throws RangeError when a size is not positive
 */
export function fitTransform(
  film: { width: number; height: number },
  frame: { h: number; w: number },
  fit: Fit,
  roundSize: RoundSize = 'floor',
  shorterSide?: number,
): FitTransform {
  const { width, height } = film;
  const { w, h } = frame;
  if (!(width > 0 && height > 0 && w > 0 && h > 0)) {
    throw new RangeError(`invalid size; must be positive: film ${width} x ${height}, frame ${w} x ${h}`);
  }
  const crop = fit === 'crop';
  const filling = Math.max(w / width, h / height, (shorterSide ?? 0) / Math.min(width, height));
  const scale = crop ? filling : Math.min(w / width, h / height);
  const content = (side: number, limit: number): number => {
    if (fit === 'stretch') return limit;
    const whole = wholeSide(side * scale, roundSize);
    return crop ? Math.max(limit, whole) : Math.min(limit, Math.max(1, whole));
  };
  const contentWidth = content(width, w);
  const contentHeight = content(height, h);
  const offset = (frameSide: number, contentSide: number): number => {
    if (crop) return -halfEven((contentSide - frameSide) / 2);
    return fit === 'letterbox-center' ? Math.floor((frameSide - contentSide) / 2) : 0;
  };
  return {
    width,
    height,
    frameWidth: w,
    frameHeight: h,
    contentWidth,
    contentHeight,
    scaleX: contentWidth / width,
    scaleY: contentHeight / height,
    offsetX: offset(w, contentWidth),
    offsetY: offset(h, contentHeight),
  };
}

function wholeSide(side: number, rounding: RoundSize): number {
  switch (rounding) {
    case 'floor':
      // the added hair keeps floor(3 * (512 / 3)) at 512
      return Math.floor(side + 1e-6);
    case 'round':
      return Math.round(side);
    case 'half-even':
      return halfEven(side);
  }
}

/** A box in model px as native px, clipped to the film. */
export function toNativeBox(transform: FitTransform, box: Box): Box {
  const native = {
    x1: (box.x1 - transform.offsetX) / transform.scaleX,
    y1: (box.y1 - transform.offsetY) / transform.scaleY,
    x2: (box.x2 - transform.offsetX) / transform.scaleX,
    y2: (box.y2 - transform.offsetY) / transform.scaleY,
  };
  return clipBox(native, transform.width, transform.height);
}

/** A native box as model px. */
export function toModelBox(transform: FitTransform, box: Box): Box {
  return {
    x1: box.x1 * transform.scaleX + transform.offsetX,
    y1: box.y1 * transform.scaleY + transform.offsetY,
    x2: box.x2 * transform.scaleX + transform.offsetX,
    y2: box.y2 * transform.scaleY + transform.offsetY,
  };
}
