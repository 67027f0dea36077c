// How one person differs from the next.
import type { Random } from '../random.ts';

/** Lengths in half film sides: the film spans u to the viewer's right and v downwards, both in [-1, 1]. */
export interface Habitus {
  sex: 'F' | 'M';
  shiftU: number;
  shiftV: number;
  /** whole body, 1 = mean */
  scale: number;
  /** half width of a lung */
  lungWidth: number;
  /** half height of a lung */
  lungHeight: number;
  /** heart size, 1 = mean */
  heart: number;
  /** soft tissue around the chest, 1 = mean */
  girth: number;
  /** phase of the rib pattern, 0..1 */
  ribPhase: number;
  /** how far the ribs fall from spine to side */
  ribDrop: number;
  /** arms beside the chest, as in bed */
  armsDown: boolean;
  /** gas under the left dome of the diaphragm */
  stomach: boolean;
}

/** Draws a habitus of the given sex. */
export function drawHabitus(random: Random, sex: 'F' | 'M' = 'M'): Habitus {
  return {
    sex,
    shiftU: random.between(-0.05, 0.05),
    shiftV: random.between(0, 0.12),
    scale: random.between(1.02, 1.2) * (sex === 'F' ? 0.97 : 1.02),
    lungWidth: random.between(0.27, 0.32),
    lungHeight: random.between(0.54, 0.64),
    heart: random.between(0.85, 1.2),
    girth: random.between(0.85, 1.2),
    ribPhase: random.next(),
    ribDrop: random.between(0.08, 0.2),
    armsDown: random.chance(0.35),
    stomach: random.chance(0.6),
  };
}

/** Body coordinates of a film point, both in [-1, 1]; `side` in px. */
export function bodyPoint(x: number, y: number, side: number, body: Habitus): { u: number; v: number } {
  return {
    u: ((2 * x + 1) / side - 1 - body.shiftU) / body.scale,
    v: ((2 * y + 1) / side - 1 - body.shiftV) / body.scale,
  };
}
