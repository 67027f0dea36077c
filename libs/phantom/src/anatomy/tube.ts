// Bones and vessels are tubes along curves, stamped into a plane.
const { ceil, floor, max, min, sqrt } = Math;

export interface Point {
  u: number;
  v: number;
}

/** Attenuation across a tube: `solid` is the chord through a cylinder, `bone` a chord with a dense rim. */
export type Profile = 'solid' | 'bone';

/** @param d distance from the axis over the radius, in [0, 1] */
function chord(d: number): number {
  return sqrt(max(0, 1 - d * d));
}

function bone(d: number): number {
  const rim = (d - 0.8) / 0.16;
  return 0.62 * chord(d) + 0.38 * max(0, 1 - rim * rim);
}

/** Points of a cubic Bezier curve, ends included. */
export function bezier(a: Point, b: Point, c: Point, d: Point, steps = 24): Point[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const t = i / steps;
    const s = 1 - t;
    const [wa, wb, wc, wd] = [s * s * s, 3 * s * s * t, 3 * s * t * t, t * t * t];
    return {
      u: wa * a.u + wb * b.u + wc * c.u + wd * d.u,
      v: wa * a.v + wb * b.v + wc * c.v + wd * d.v,
    };
  });
}

/** One plane of `side * side` values in the film's frame. */
export interface Plane {
  side: number;
  values: Float32Array;
}

/**
 * Draws a tube; where tubes of one plane meet, the denser one counts.
 * @param path px
 * @param radius px at the start and at the end of the path
 * @param gain attenuation on the axis
 */
export function stampTube(
  plane: Plane,
  path: readonly Point[],
  radius: readonly [number, number],
  gain: number,
  profile: Profile,
): void {
  const segments = path.length - 1;
  for (let k = 0; k < segments; k++) {
    const r = radius[0] + ((radius[1] - radius[0]) * k) / segments;
    stampSegment(plane, path[k]!, path[k + 1]!, r, gain, profile);
  }
}

function stampSegment(plane: Plane, a: Point, b: Point, r: number, gain: number, profile: Profile): void {
  const { side, values } = plane;
  const reach = r + 1;
  const x1 = max(0, floor(min(a.u, b.u) - reach));
  const x2 = min(side - 1, ceil(max(a.u, b.u) + reach));
  const y1 = max(0, floor(min(a.v, b.v) - reach));
  const y2 = min(side - 1, ceil(max(a.v, b.v) + reach));
  const du = b.u - a.u;
  const dv = b.v - a.v;
  const length2 = du * du + dv * dv || 1;
  for (let y = y1; y <= y2; y++) {
    for (let x = x1; x <= x2; x++) {
      const px = x - a.u;
      const py = y - a.v;
      const t = min(1, max(0, (px * du + py * dv) / length2));
      const mu = px - t * du;
      const mv = py - t * dv;
      const square = mu * mu + mv * mv;
      // most of the rectangle lies beside the tube: no root for it
      if (square >= r * r) continue;
      const d = sqrt(square) / r;
      // not a function as argument: this runs a million times a film, and its numbers would go through the heap
      const value = gain * (profile === 'bone' ? bone(d) : chord(d));
      const at = y * side + x;
      if (value > values[at]!) values[at] = value;
    }
  }
}
