// What the classifiers are to find: patchy opacities and effusions, as brightness added to the lungs.
import { type Habitus, LUNG_U, smoothStep } from './anatomy.ts';
import type { Random } from './random.ts';

// bound once: inside jest each use of a global is a slow lookup, and these run per pixel
const { abs, exp, floor, max, min } = Math;

/** 0 none, 1 patchy opacity, 2 effusion. */
export type FilmClass = 0 | 1 | 2;
export const FILM_CLASSES = ['none', 'opacity', 'effusion'] as const;

/** Brightness to add at a body point whose lungness is `lung`, before texture; in [0, 0.4]. */
export type Lesion = (u: number, v: number, lung: number) => number;

/** @param strength 1 = plain to see, 0 = absent */
export function drawLesion(kind: FilmClass, strength: number, random: Random): Lesion {
  switch (kind) {
    case 0:
      return () => 0;
    case 1:
      return opacity(strength, random);
    case 2:
      return effusion(strength, random);
  }
}

function opacity(strength: number, random: Random): Lesion {
  const patches = Array.from({ length: 2 + floor(random.next() * 3) }, () => ({
    u: (random.chance(0.5) ? 1 : -1) * (LUNG_U + random.between(-0.12, 0.14)),
    v: random.between(-0.3, 0.3),
    radius: random.between(0.12, 0.2),
    gain: strength * random.between(0.24, 0.4),
  }));
  return (u, v, lung) => {
    if (lung === 0) return 0;
    let sum = 0;
    for (const patch of patches) {
      const du = (u - patch.u) / patch.radius;
      const dv = (v - patch.v) / patch.radius;
      const distance = du * du + dv * dv;
      if (distance < 9) sum += patch.gain * exp(-distance);
    }
    return lung * min(0.36, sum);
  };
}

function effusion(strength: number, random: Random): Lesion {
  const side = random.chance(0.5) ? 1 : -1;
  const level = random.between(0.02, 0.26);
  const gain = strength * random.between(0.28, 0.4);
  return (u, v, lung) => {
    if (lung === 0 || u * side < 0) return 0;
    // the meniscus climbs towards the chest wall
    const surface = level - 0.55 * max(0, abs(u) - LUNG_U) - 0.1 * max(0, LUNG_U - abs(u));
    return gain * lung * smoothStep(v, surface, 0.06);
  };
}

/** Where a class shows on average: weight at a body point, in [0, 1]; the template of the analytic classifiers. */
export function lesionPrior(kind: 1 | 2, u: number, v: number, lung: number): number {
  const side = abs(u);
  if (kind === 2) return lung * smoothStep(v - 0.2 + 0.3 * (side - LUNG_U), 0, 0.12);
  const du = (side - LUNG_U) / 0.2;
  const dv = v / 0.32;
  return lung * exp(-(du * du + dv * dv));
}

/** Body coordinates of a film point, both in [-1, 1]. */
export function bodyPoint(x: number, y: number, size: number, body: Habitus): { u: number; v: number } {
  return {
    u: ((2 * x + 1) / size - 1 - body.shiftU) / body.scale,
    v: ((2 * y + 1) / size - 1 - body.shiftV) / body.scale,
  };
}
