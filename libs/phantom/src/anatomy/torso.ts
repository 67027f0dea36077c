// Soft tissue of a frontal chest in formulas: outline, lungs, heart, mediastinum, diaphragm. Pure functions of a point.
import type { Habitus } from './habitus.ts';

// bound once: inside jest each use of a global is a slow lookup, and these run per pixel
const { abs, cos, max, min, sqrt } = Math;

/** Centre of a lung at mid height: u = +-LUNG_U, v = LUNG_V in body coordinates. */
export const LUNG_U = 0.4;
export const LUNG_V = -0.06;
/** Attenuation of air. */
export const AIR = 0.03;

/** 0 below edge - width, 1 above edge + width, smooth between. */
export function smoothStep(value: number, edge: number, width: number): number {
  const t = min(1, max(0, (value - edge + width) / (2 * width)));
  return t * t * (3 - 2 * t);
}

/** Bell of unit height, half of it at `width`. */
export function bell(distance: number, width: number): number {
  const t = distance / width;
  const t2 = t * t;
  return 1 / (1 + t2 * t2);
}

/** Height of the diaphragm under a lung; the dome is a little higher on the viewer's left, over the liver. */
export function diaphragm(u: number, body: Habitus): number {
  const du = (abs(u) - LUNG_U) / body.lungWidth;
  return 0.36 + 0.06 * smoothStep(u, 0, 0.12) + 0.5 * du * du * body.lungWidth;
}

/** How much a point belongs to the lung fields, in [0, 1]. */
export function lungness(u: number, v: number, body: Habitus): number {
  // narrow and close to the spine at the apex, wide at the base
  const centre = LUNG_U + 0.1 * (v - LUNG_V);
  const du = (abs(u) - centre) / body.lungWidth;
  const dv = (v - LUNG_V) / body.lungHeight;
  const inside = 1 - (du * du + dv * dv);
  if (inside < -0.05) return 0;
  return smoothStep(inside, 0.06, 0.07) * (1 - smoothStep(v, diaphragm(u, body), 0.02));
}

/** How much a point belongs to the heart's shadow, in [0, 1]. */
export function heartness(u: number, v: number, body: Habitus): number {
  if (v < -0.3 || abs(u) > 0.6) return 0;
  // the left ventricle: its long axis points to the viewer's right and down
  const x = u - 0.08;
  const y = v - 0.24;
  const along = (0.86 * x + 0.5 * y) / (0.35 * body.heart);
  const across = (0.86 * y - 0.5 * x) / (0.23 * body.heart);
  const ventricle = 1 - smoothStep(along * along + across * across, 1, 0.28);
  // the great vessels and the right atrium close the triangle above and beside it
  const root = bell(u - 0.03, 0.13) * bell(v - 0.05, 0.2);
  const atrium = bell(sqrt((u + 0.08) ** 2 + (v - 0.25) ** 2), 0.11 * body.heart);
  return max(ventricle, 0.75 * root, 0.85 * atrium);
}

/** Half width of the body at a height. */
export function outline(v: number, body: Habitus): number {
  const shoulders = 0.2 + 0.74 * smoothStep(v, -0.68, 0.16);
  const flank = 0.13 * smoothStep(v, -0.2, 0.25);
  return (shoulders - flank) * (0.9 + 0.1 * body.girth);
}

/**
 * Attenuation of the soft tissue and the spine, AIR outside the body, up to about 0.9 in the abdomen.
 * @param lung lungness of the point
 * @param heart its heartness
 */
export function torso(u: number, v: number, lung: number, heart: number, body: Habitus): number {
  const side = abs(u);
  const width = outline(v, body);
  const inBody = 1 - smoothStep(side, width, 0.012 + 0.02 * body.girth);
  const arm = body.armsDown ? armShadow(side, v) : 0;
  if (inBody === 0) return AIR + 0.34 * arm;
  const chord = sqrt(max(0, 1 - (side / (width + 0.02)) ** 2));
  const abdomen = smoothStep(v, diaphragm(u, body) + 0.04, 0.08);
  let value = 0.2 + 0.25 * chord + 0.24 * abdomen + 0.05 * (body.girth - 1);
  // air takes the place of tissue, not of the chest wall
  value -= 0.3 * lung * (0.75 + 0.25 * chord) * (1 - 0.9 * heart);
  value += 0.1 * heart * (1 - 0.8 * abdomen) + mediastinum(u, v, abdomen);
  if (body.sex === 'F') value += 0.055 * breast(side, v);
  if (body.stomach) value -= 0.12 * bell(sqrt(((u - 0.36) / 1.5) ** 2 + (v - 0.56) ** 2), 0.07);
  return AIR + max(0.3 * arm, inBody * max(0.02, value));
}

function mediastinum(u: number, v: number, abdomen: number): number {
  const side = abs(u);
  const spine = bell(side, 0.075) * (0.8 + 0.2 * cos(40 * v));
  const vessels = bell(side, 0.13) * smoothStep(v, -0.5, 0.2) * (1 - abdomen);
  const knob = bell(sqrt((u - 0.1) ** 2 + (v + 0.27) ** 2), 0.075);
  const hilum = bell(sqrt((side - 0.17) ** 2 + (v + 0.03) ** 2), 0.07);
  const trachea = bell(u - 0.01 * v, 0.035) * (1 - smoothStep(v, -0.12, 0.08));
  return 0.12 * spine + 0.1 * vessels + 0.07 * knob + 0.06 * hilum - 0.1 * trachea;
}

function breast(side: number, v: number): number {
  const du = (side - 0.42) / 0.27;
  const dv = (v - 0.24) / 0.26;
  return 1 - smoothStep(du * du + dv * dv, 0.9, v > 0.24 ? 0.12 : 0.6);
}

function armShadow(side: number, v: number): number {
  if (v < -0.5) return 0;
  return 1 - smoothStep(abs(side - 1.02 - 0.06 * v), 0.12, 0.02);
}
