// Ribs, clavicles, shoulder blades and upper arms of one person.
import type { Random } from '../random.ts';
import type { Habitus } from './habitus.ts';
import { LUNG_U, LUNG_V } from './torso.ts';
import { bezier, type Plane, type Point, stampTube } from './tube.ts';

const RIBS = 10;
const SIDES = [-1, 1] as const;

/** Stamps the bones into planes: posterior and anterior bones overlap on film, so each has a plane of its own. */
export function drawSkeleton(
  planes: { posterior: Plane; anterior: Plane },
  body: Habitus,
  random: Random,
  toFilm: (point: Point) => Point,
): void {
  const px = (planes.posterior.side / 2) * body.scale;
  const wobble = (): number => random.between(-0.012, 0.012);
  const tube = (plane: Plane, path: Point[], radius: [number, number], gain: number): void =>
    stampTube(plane, path.map(toFilm), [radius[0] * px, radius[1] * px], gain, 'bone');
  for (const sign of SIDES) {
    for (let k = 0; k < RIBS; k++) {
      const { back, front } = rib(k, sign, body, wobble);
      tube(planes.posterior, back, [0.026, 0.022], 0.085);
      if (k > 0 && k < 8) tube(planes.anterior, front, [0.022, 0.028], 0.05);
    }
    tube(planes.anterior, clavicle(sign, wobble), [0.034, 0.026], 0.1);
    tube(planes.posterior, shoulderBlade(sign), [0.012, 0.01], 0.05);
    tube(planes.posterior, humerus(sign, body), [0.085, 0.055], 0.12);
  }
}

function rib(
  k: number,
  sign: number,
  body: Habitus,
  wobble: () => number,
): { back: Point[]; front: Point[] } {
  const v0 = -0.66 + (k + 0.4 * body.ribPhase) * 0.115 + wobble() / 2;
  const fall = body.ribDrop * (0.6 + 0.12 * k);
  const edgeV = v0 + fall + 0.02;
  const dv = Math.min(0.97, Math.abs(edgeV - LUNG_V) / (body.lungHeight + 0.06));
  const centre = LUNG_U + 0.1 * (edgeV - LUNG_V);
  const edge = centre + (body.lungWidth + 0.035) * Math.sqrt(1 - dv * dv) + 0.015;
  const at = (u: number, v: number): Point => ({ u: sign * u, v });
  const back = bezier(
    at(0.07, v0),
    at(0.3 * edge + 0.06, v0 - 0.07 + wobble()),
    at(0.9 * edge, v0 - 0.02 + 0.35 * fall),
    at(edge, edgeV),
  );
  const front = bezier(
    at(edge, edgeV),
    at(edge + 0.02, edgeV + 0.1),
    at(0.75 * edge, edgeV + 0.17 + wobble()),
    at(0.24 + 0.02 * k, edgeV + 0.2 + wobble()),
  );
  return { back, front };
}

function clavicle(sign: number, wobble: () => number): Point[] {
  const rise = wobble();
  return bezier(
    { u: sign * 0.07, v: -0.58 },
    { u: sign * 0.25, v: -0.69 + rise },
    { u: sign * 0.45, v: -0.6 + rise },
    { u: sign * 0.72, v: -0.72 + 2 * rise },
  );
}

function shoulderBlade(sign: number): Point[] {
  return bezier(
    { u: sign * 0.78, v: -0.52 },
    { u: sign * 0.62, v: -0.4 },
    { u: sign * 0.66, v: -0.2 },
    { u: sign * 0.72, v: 0.02 },
  );
}

function humerus(sign: number, body: Habitus): Point[] {
  const away = body.armsDown ? { u: 1.04, v: 0.5 } : { u: 1.2, v: -0.3 };
  return bezier(
    { u: sign * 0.84, v: -0.56 },
    { u: sign * 0.92, v: -0.5 },
    { u: sign * 0.98, v: -0.3 },
    { u: sign * away.u, v: away.v },
  );
}
