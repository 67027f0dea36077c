// Draws a profile's markers on films that exist: real backgrounds with markers whose place is known.
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import {
  blendMarker,
  chooseProtocol,
  type Frame,
  type PlacedMarker,
  placeMarkers,
} from '../markers/place.ts';
import { seededRandom } from '../random.ts';
import type { SiteProfile } from '../site/profile.ts';
import type { MarkedFilm } from './write-films.ts';

const known = z.array(
  z.object({
    path: z.string(),
    width: z.int().positive(),
    height: z.int().positive(),
    site: z.string(),
    patient_id: z.string(),
    n_lr: z.int(),
    boxes: z.array(
      z.object({
        x0: z.number(),
        y0: z.number(),
        x1: z.number(),
        y1: z.number(),
        text: z.enum(['L', 'R', 'other']),
        glyph: z.string(),
        look: z.string().default('real'),
      }),
    ),
  }),
);

export interface MarkOptions {
  /** folder the paths of the list are relative to */
  films: string;
  /** list of films and of the markers they bear already, as markers.json */
  markers: string;
  /** sites of the list to take; all when absent */
  sites?: readonly string[];
  /** marked copies of each film */
  copies: number;
  /** folder to write: images/, background/ and markers.json */
  out: string;
  onFilm?: (written: number, of: number) => void;
}

/** A film in the middle of being marked. */
interface Ground extends Frame {
  pixels: Uint8Array;
}

/**
 * Writes `out/images/*` (marked), `out/background/*` (as it was, 8-bit PNG both) and `out/markers.json` with the markers
 * of both kinds. A new marker never touches one that was there.
 * @returns the number of films written
 */
export async function markFilms(site: SiteProfile, options: MarkOptions): Promise<number> {
  const { films, sites, copies, out, onFilm = () => undefined } = options;
  const list = known
    .parse(JSON.parse(await readFile(options.markers, 'utf8')))
    .filter((one) => !sites || sites.includes(one.site));
  for (const folder of ['images', 'background']) await mkdir(join(out, folder), { recursive: true });
  const random = seededRandom(`${site.seed}/${site.name}/marked`);
  const written: MarkedFilm[] = [];
  for (const film of list) {
    const ground = await readGround(join(films, film.path));
    const name = film.path.replace(/[/\\]/g, '-').replace(/\.[a-z]+$/i, '');
    await writeFile(join(out, 'background', `${name}.png`), await encode(ground));
    for (let k = 0; k < copies; k++) {
      const stream = random.fork(`${film.path} ${k}`);
      const protocol = chooseProtocol(site.markers.protocols, 0, 'none', stream);
      const markers = protocol ? await placeMarkers(protocol, ground, stream) : [];
      const free = markers.filter((one) => !film.boxes.some((box) => touches(one, box)));
      const pixels = ground.pixels.slice();
      for (const one of free) blendMarker(pixels, ground, one, { black: 0, white: 255 });
      const path = `images/${name}-${k}.png`;
      await writeFile(join(out, path), await encode({ ...ground, pixels }));
      const boxes = [...film.boxes, ...free.map(boxOf)];
      written.push({
        ...film,
        path,
        n_lr: boxes.filter(({ text }) => text !== 'other').length,
        boxes,
        background: `background/${name}.png`,
      });
      onFilm(written.length, list.length * copies);
    }
  }
  await writeFile(join(out, 'markers.json'), `${JSON.stringify(written, undefined, 1)}\n`);
  return written.length;
}

async function readGround(path: string): Promise<Ground> {
  const { data, info } = await sharp(path).grayscale().raw().toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, pixels: new Uint8Array(data) };
}

async function encode({ pixels, width, height }: Ground): Promise<Buffer> {
  return sharp(pixels, { raw: { width, height, channels: 1 } })
    .toColourspace('b-w')
    .png({ compressionLevel: 3 })
    .toBuffer();
}

function boxOf({ box, text, glyph, piece }: PlacedMarker): MarkedFilm['boxes'][number] {
  return { x0: box.x1, y0: box.y1, x1: box.x2, y1: box.y2, text, glyph, look: piece.look };
}

function touches({ box }: PlacedMarker, other: { x0: number; y0: number; x1: number; y1: number }): boolean {
  return box.x1 < other.x1 && other.x0 < box.x2 && box.y1 < other.y1 && other.y0 < box.y2;
}
