// What the classifiers are to find: opacities, effusions and nodules, as attenuation added to the lungs.
import { LUNG_U, smoothStep } from '../anatomy/torso.ts';
import type { Random } from '../random.ts';

// bound once: inside jest each use of a global is a slow lookup, and these run per pixel
const { abs, exp, floor, max, min } = Math;

export const FILM_CLASSES = ['none', 'opacity', 'effusion', 'nodules'] as const;
export type FilmClass = (typeof FILM_CLASSES)[number];
export type LesionClass = Exclude<FilmClass, 'none'>;

/** Attenuation to add at a body point whose lungness is `lung` > 0; in [0, 0.4]. */
export type Lesion = (u: number, v: number, lung: number) => number;

/**
 * @param strength 1 = plain to see, 0 = absent
 * @returns undefined for a film without lesions
 */
export function drawLesion(kind: FilmClass, strength: number, random: Random): Lesion | undefined {
  switch (kind) {
    case 'none':
      return undefined;
    case 'opacity':
      return opacity(strength, random);
    case 'effusion':
      return effusion(strength, random);
    case 'nodules':
      return nodules(strength, random);
  }
}

interface Spot {
  u: number;
  v: number;
  radius: number;
  gain: number;
}

function opacity(strength: number, random: Random): Lesion {
  const patches = Array.from({ length: 2 + floor(random.next() * 3) }, () => ({
    u: (random.chance(0.5) ? 1 : -1) * (LUNG_U + random.between(-0.12, 0.14)),
    v: random.between(-0.3, 0.3),
    radius: random.between(0.12, 0.2),
    gain: strength * random.between(0.24, 0.4),
  }));
  return spots(patches, (distance) => exp(-distance), 9, 0.36);
}

function nodules(strength: number, random: Random): Lesion {
  const count = 3 + floor(random.next() * 6);
  const list = Array.from({ length: count }, () => ({
    u: (random.chance(0.5) ? 1 : -1) * (LUNG_U + random.between(-0.2, 0.2)),
    v: random.between(-0.45, 0.34),
    radius: random.between(0.03, 0.065),
    gain: strength * random.between(0.2, 0.34),
  }));
  // a ball: the chord through it, with a soft edge
  return spots(list, (distance) => (1 - distance) ** 0.6, 1, 0.4);
}

function spots(
  list: readonly Spot[],
  profile: (distance: number) => number,
  reach: number,
  ceiling: number,
): Lesion {
  return (u, v, lung) => {
    let sum = 0;
    for (const spot of list) {
      const du = (u - spot.u) / spot.radius;
      const dv = (v - spot.v) / spot.radius;
      const distance = du * du + dv * dv;
      if (distance < reach) sum += spot.gain * profile(distance);
    }
    return lung * min(ceiling, sum);
  };
}

function effusion(strength: number, random: Random): Lesion {
  const side = random.chance(0.5) ? 1 : -1;
  const level = random.between(0.02, 0.26);
  const gain = strength * random.between(0.28, 0.4);
  return (u, v, lung) => {
    if (u * side < 0) return 0;
    // the meniscus climbs towards the chest wall
    const surface = level - 0.55 * max(0, abs(u) - LUNG_U) - 0.1 * max(0, LUNG_U - abs(u));
    return gain * lung * smoothStep(v, surface, 0.06);
  };
}

/** Where a class shows on average: weight at a body point, in [0, 1]; the template of the analytic classifiers. */
export function lesionPrior(kind: 'opacity' | 'effusion', u: number, v: number, lung: number): number {
  const side = abs(u);
  if (kind === 'effusion') return lung * smoothStep(v - 0.2 + 0.3 * (side - LUNG_U), 0, 0.12);
  const du = (side - LUNG_U) / 0.2;
  const dv = v / 0.32;
  return lung * exp(-(du * du + dv * dv));
}
