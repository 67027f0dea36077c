// One person on film: everything that takes away X-rays, before any scanner.
import type { Lesion } from '../lesion/lesion.ts';
import type { Random } from '../random.ts';
import { bodyPoint, type Habitus } from './habitus.ts';
import { drawSkeleton } from './skeleton.ts';
import { heartness, lungness, torso } from './torso.ts';
import type { Plane, Point } from './tube.ts';
import { valueNoise } from './value-noise.ts';
import { drawVessels } from './vessels.ts';

const { max } = Math;

export interface Chest {
  side: number;
  /** attenuation, row-major, about 0.03 (air) .. 1 */
  attenuation: Float32Array;
  /** what the lesion adds to it, row-major, >= 0 */
  lesion: Float32Array;
}

/**
 * Draws the attenuation of one chest.
 * @param side px of the square film
 */
export function drawChest(side: number, body: Habitus, lesion: Lesion, random: Random): Chest {
  const toFilm = ({ u, v }: Point): Point => ({
    u: ((u * body.scale + body.shiftU + 1) * side - 1) / 2,
    v: ((v * body.scale + body.shiftV + 1) * side - 1) / 2,
  });
  const plane = (): Plane => ({ side, values: new Float32Array(side * side) });
  const [posterior, anterior, vessels] = [plane(), plane(), plane()];
  drawSkeleton({ posterior, anterior }, body, random.fork('skeleton'), toFilm);
  drawVessels(vessels, random.fork('vessels'), (side / 2) * body.scale, toFilm);
  const noise = (cells: number, name: string): Float32Array => valueNoise(side, cells, random.fork(name));
  const [warpU, warpV] = [noise(5, 'warp u'), noise(5, 'warp v')];
  const [cloud, weave, grain] = [noise(7, 'cloud'), noise(28, 'weave'), noise(90, 'grain')];
  const attenuation = new Float32Array(side * side);
  const added = new Float32Array(side * side);
  for (let y = 0, i = 0; y < side; y++) {
    for (let x = 0; x < side; x++, i++) {
      const point = bodyPoint(x, y, side, body);
      const u = point.u + 0.014 * warpU[i]!;
      const v = point.v + 0.014 * warpV[i]!;
      const lung = lungness(u, v, body);
      const heart = heartness(u, v, body);
      const base = torso(u, v, lung, body);
      const tissue = base < 0.06 ? base / 0.06 - 0.5 : 1;
      const bone = max(0, tissue) * (posterior.values[i]! + anterior.values[i]!) * (1 - 0.45 * heart);
      const tree = vessels.values[i]! * lung * (1 - 0.7 * heart);
      const texture =
        0.02 * cloud[i]! + (0.006 + 0.014 * lung) * weave[i]! + (0.004 + 0.01 * lung) * grain[i]!;
      const shadow = lung === 0 ? 0 : lesion(u, v, lung) * (1 - 0.6 * heart) * (1 + 0.25 * weave[i]!);
      added[i] = shadow;
      attenuation[i] = base + bone + tree + shadow + max(0, tissue) * texture;
    }
  }
  return { side, attenuation, lesion: added };
}
