// One person on film: everything that takes away X-rays, before any scanner.
import type { Lesion } from '../lesion/lesion.ts';
import type { Random } from '../random.ts';
import { bodyPoint, type Habitus } from './habitus.ts';
import { drawSkeleton } from './skeleton.ts';
import { heartness, lungness, torso } from './torso.ts';
import type { Plane, Point } from './tube.ts';
import { type NoiseRows, valueNoise } from './value-noise.ts';
import { drawVessels } from './vessels.ts';

export interface Chest {
  side: number;
  /** attenuation, row-major, about 0.03 (air) .. 1 */
  attenuation: Float32Array;
  /** what the lesion adds to it, row-major, >= 0; undefined without a lesion */
  lesion: Float32Array | undefined;
}

/** What lies in front of the soft tissue. */
interface Parts {
  posterior: Plane;
  anterior: Plane;
  vessels: Plane;
}

/** Smooth noise: how the body is out of shape, and how its tissue is uneven, from coarse to fine. */
interface Texture {
  warpU: NoiseRows;
  warpV: NoiseRows;
  cloud: NoiseRows;
  weave: NoiseRows;
  grain: NoiseRows;
}

/**
 * Draws the attenuation of one chest.
 * @param side px of the square film
 */
export function drawChest(side: number, body: Habitus, lesion: Lesion | undefined, random: Random): Chest {
  const toFilm = ({ u, v }: Point): Point => ({
    u: ((u * body.scale + body.shiftU + 1) * side - 1) / 2,
    v: ((v * body.scale + body.shiftV + 1) * side - 1) / 2,
  });
  const plane = (): Plane => ({ side, values: new Float32Array(side * side) });
  const parts: Parts = { posterior: plane(), anterior: plane(), vessels: plane() };
  drawSkeleton(parts, body, random.fork('skeleton'), toFilm);
  drawVessels(parts.vessels, random.fork('vessels'), (side / 2) * body.scale, toFilm);
  const noise = (cells: number, name: string): NoiseRows => valueNoise(side, cells, random.fork(name));
  const texture: Texture = {
    warpU: noise(5, 'warp u'),
    warpV: noise(5, 'warp v'),
    cloud: noise(7, 'cloud'),
    weave: noise(28, 'weave'),
    grain: noise(90, 'grain'),
  };
  const chest: Chest = {
    side,
    attenuation: new Float32Array(side * side),
    lesion: lesion && new Float32Array(side * side),
  };
  const columns = Float64Array.from({ length: side }, (_, x) => bodyPoint(x, 0, side, body).u);
  for (let y = 0; y < side; y++) drawRow(y, chest, { body, lesion, parts, texture, columns });
  return chest;
}

interface Drawn {
  body: Habitus;
  lesion: Lesion | undefined;
  parts: Parts;
  texture: Texture;
  /** body coordinate of every column */
  columns: Float64Array;
}

function drawRow(y: number, chest: Chest, { body, lesion, parts, texture, columns }: Drawn): void {
  const { side, attenuation } = chest;
  const { v: height } = bodyPoint(0, y, side, body);
  const [warpU, warpV] = [texture.warpU(y), texture.warpV(y)];
  const [cloud, weave, grain] = [texture.cloud(y), texture.weave(y), texture.grain(y)];
  const [posterior, anterior, vessels] = [
    parts.posterior.values,
    parts.anterior.values,
    parts.vessels.values,
  ];
  for (let x = 0, i = y * side; x < side; x++, i++) {
    const u = columns[x]! + 0.014 * warpU[x]!;
    const v = height + 0.014 * warpV[x]!;
    const lung = lungness(u, v, body);
    const heart = heartness(u, v, body);
    const base = torso(u, v, lung, heart, body);
    let value = base;
    // bones and texture end with the body
    const tissue = base < 0.06 ? base / 0.06 - 0.5 : 1;
    if (tissue > 0) value += tissue * (posterior[i]! + anterior[i]!) * (1 - 0.45 * heart);
    value += vessels[i]! * lung * (1 - 0.7 * heart);
    if (lesion && lung > 0) {
      const shadow = lesion(u, v, lung) * (1 - 0.6 * heart) * (1 + 0.25 * weave[x]!);
      chest.lesion![i] = shadow;
      value += shadow;
    }
    if (tissue > 0)
      value +=
        tissue * (0.02 * cloud[x]! + (0.006 + 0.014 * lung) * weave[x]! + (0.004 + 0.01 * lung) * grain[x]!);
    attenuation[i] = value;
  }
}
