// A frontal chest in formulas. Coordinates: u to the viewer's right, v downwards, both in [-1, 1]; brightness in [0, 1].
import type { Random } from './random.ts';

// bound once: inside jest each use of a global is a slow lookup, and these run per pixel
const { abs, cos, max, min } = Math;

/** How one person differs from the next; lengths in half film sides. */
export interface Habitus {
  shiftU: number;
  shiftV: number;
  scale: number;
  lungWidth: number;
  lungHeight: number;
  heart: number;
  ribPhase: number;
}

/** Draws a habitus. */
export function drawHabitus(random: Random): Habitus {
  return {
    shiftU: random.between(-0.05, 0.05),
    shiftV: random.between(-0.06, 0.06),
    scale: random.between(0.92, 1.08),
    lungWidth: random.between(0.27, 0.32),
    lungHeight: random.between(0.54, 0.64),
    heart: random.between(0.85, 1.2),
    ribPhase: random.next(),
  };
}

/** Centre of a lung: u = +-LUNG_U, v = LUNG_V in body coordinates. */
export const LUNG_U = 0.4;
export const LUNG_V = -0.06;

/** 0 below edge - width, 1 above edge + width, smooth between. */
export function smoothStep(value: number, edge: number, width: number): number {
  const t = min(1, max(0, (value - edge + width) / (2 * width)));
  return t * t * (3 - 2 * t);
}

/** How much a point belongs to the lung fields, in [0, 1]. */
export function lungness(u: number, v: number, body: Habitus): number {
  const du = (abs(u) - LUNG_U) / body.lungWidth;
  const dv = (v - LUNG_V) / body.lungHeight;
  const inside = 1 - (du * du + dv * dv);
  // the diaphragm is a dome, a little higher on the viewer's left, over the liver
  const dome = (u < 0 ? 0.38 : 0.43) + 0.5 * du * du * body.lungWidth;
  return smoothStep(inside, 0.06, 0.1) * (1 - smoothStep(v, dome, 0.03));
}

/** Brightness of the marker-free, noise-free film at a point in body coordinates, in [0, 0.9]. */
export function chestBrightness(u: number, v: number, lung: number, body: Habitus): number {
  const side = abs(u);
  const halfWidth = 0.24 + 0.66 * smoothStep(v, -0.74, 0.16);
  const inBody = 1 - smoothStep(side, halfWidth, 0.05);
  if (inBody === 0) return 0.03;
  const abdomen = smoothStep(v, 0.5, 0.2);
  let tissue = 0.5 + 0.14 * abdomen - 0.18 * side * side * side * side;
  tissue += 0.16 * band(side, 0.085) * (0.85 + 0.15 * cos(44 * v));
  const heart = heartness(u, v, body);
  let value = tissue - 0.36 * lung * (1 - 0.85 * heart);
  value += 0.1 * heart;
  value += 0.055 * rib(side, v, body) * (1 - heart);
  value +=
    0.09 *
    band(v + 0.66 - 0.18 * side, 0.03) *
    smoothStep(side, 0.14, 0.05) *
    (1 - smoothStep(side, 0.62, 0.05));
  return 0.03 + inBody * max(0, value);
}

/** How much a point belongs to the heart's shadow, in [0, 1]. */
export function heartness(u: number, v: number, body: Habitus): number {
  const du = (u - 0.12) / (0.25 * body.heart);
  const dv = (v - 0.26) / 0.27;
  return 1 - smoothStep(du * du + dv * dv, 1, 0.2);
}

/** Bell of unit height. */
function band(distance: number, width: number): number {
  const t = distance / width;
  return 1 / (1 + t * t * t * t);
}

/** Ribs run outwards and down; between them is lung. */
function rib(side: number, v: number, body: Habitus): number {
  if (side < 0.08 || side > 0.8 || v > 0.5 || v < -0.75) return 0;
  const along = (v - 0.75 * (side - 0.45) ** 2 - 0.1 * side) / 0.165 + body.ribPhase;
  return smoothStep(cos(2 * Math.PI * along), 0.35, 0.45) * smoothStep(side, 0.12, 0.04);
}
