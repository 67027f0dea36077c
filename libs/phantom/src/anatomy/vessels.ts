// The vessels of the lungs: trees that grow from the hila and thin out towards the pleura.
import type { Random } from '../random.ts';
import { type Plane, type Point, stampTube } from './tube.ts';

const SIDES = [-1, 1] as const;
const { cos, PI, sin } = Math;

/** Stamps both trees; `px` = film px of one unit of body length. */
export function drawVessels(plane: Plane, random: Random, px: number, toFilm: (point: Point) => Point): void {
  const grow = (from: Point, angle: number, length: number, radius: number, depth: number): void => {
    const bend = random.between(-0.25, 0.25);
    const path = [from];
    const steps = 6;
    let heading = angle;
    for (let k = 0; k < steps; k++) {
      heading += bend / steps;
      const last = path[k]!;
      path.push({
        u: last.u + (cos(heading) * length) / steps,
        v: last.v + (sin(heading) * length) / steps,
      });
    }
    stampTube(plane, path.map(toFilm), [radius * px, 0.75 * radius * px], 3.6 * radius, 'solid');
    if (depth === 0) return;
    const tip = path[steps]!;
    for (const fork of [-1, 1]) {
      const turn = fork * random.between(0.2, 0.6);
      grow(tip, heading + turn, length * random.between(0.7, 0.95), radius * 0.72, depth - 1);
    }
  };
  for (const sign of SIDES) {
    for (let k = 0; k < 6; k++) {
      const spread = -1.15 + k * 0.48 + random.between(-0.12, 0.12);
      const angle = sign > 0 ? spread : PI - spread;
      grow({ u: sign * 0.14, v: -0.03 + 0.02 * k }, angle, random.between(0.12, 0.17), 0.02, 3);
    }
  }
}
