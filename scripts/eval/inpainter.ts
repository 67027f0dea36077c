// `npm run eval:inpainter -- DIR [--model FOLDER/NAME] [--json] [--sheet FILE] [--films N] [--sites A,B]`: an inpainter on the phantom
// films of DIR (made with --truth), under the holes that their markers leave, beside three simpler fills. A DIR without
// clean/ (real films with a markers.json) gives the contact sheet alone.
import { existsSync } from 'node:fs';
import { readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { InpainterManifest } from '@sidemark/core/contract';
import { contactSheet, eightBits, type Tile } from '@sidemark/phantom';
import { type GrayImage, type MarkerMask, markerMask } from '@sidemark/core/imaging';
import { table } from '@sidemark/terminal';
import { readFilm } from '../../apps/site-agent/src/dataset/film/film.reader.ts';
import { loadModel } from '../../apps/site-agent/src/inference/load-model.ts';
import { type AnnotatedFilm, annotatedFilms } from './annotated-films.ts';
import { readManifest } from './read-json.ts';
import { fills } from './holes/fills.ts';
import { giveAway, type Place } from './holes/give-away.ts';
import { holeQuality, type HoleQuality, psnr } from './holes/hole-metrics.ts';
import { type Hole, mirrored, placeFeatures, surroundings, windowOf } from './holes/hole-window.ts';

const POLICY = { scoreThreshold: 0, dilateMinPx: 4, dilateFraction: 0.1, maxAreaFraction: 0.08 };

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string', default: 'models/marker-inpainter' },
    films: { type: 'string', default: '200' },
    json: { type: 'boolean', default: false },
    sheet: { type: 'string' },
    sites: { type: 'string' },
  },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error(
    'usage: npm run eval:inpainter -- DIR [--model models/marker-inpainter] [--films N] [--json] [--sheet FILE]',
  );
  process.exit(2);
}

interface Measured extends HoleQuality {
  where: Hole['where'];
}

const manifest = InpainterManifest.parse(await readManifest(values.model));
const ways = fills(await loadModel({ sha256: manifest.sha256, path: `${values.model}.onnx`, manifest }));
const films = (await annotatedFilms(folder))
  .filter(({ site }) => values.sites === undefined || values.sites.split(',').includes(site))
  .filter((film) => film.annotations.length > 0)
  .slice(0, Number(values.films));
const measured = new Map<string, Measured[]>(Object.keys(ways).map((way) => [way, []]));
const places = new Map<string, Place[]>(Object.keys(ways).map((way) => [way, []]));
const tiles: Tile[] = [];
for (const [k, film] of films.entries()) {
  const image = await readFilm(await readFile(film.path));
  const marked = holesOf(film, image);
  if (marked.holes.length === 0) continue;
  const clean = join(folder, 'clean', basename(film.path).replace(/\.[a-z]+$/, '.png'));
  if (existsSync(clean)) await measure(image, await readFilm(await readFile(clean)), marked);
  if (values.sheet !== undefined && tiles.length < 60 && k % Math.ceil(films.length / 30) === 0) {
    tiles.push(...(await beforeAndAfter(image, marked)));
  }
  if (!values.json && (k + 1) % 50 === 0) console.error(`${k + 1}/${films.length} films`);
}
if (values.sheet !== undefined) await writeFile(values.sheet, await contactSheet(tiles, 6, 220));
print();

function holesOf(film: AnnotatedFilm, image: GrayImage): MarkerMask {
  const detections = film.annotations.map(({ box }) => ({ box, maskBox: box, score: 1, label: 0 }));
  return markerMask(image, detections, POLICY);
}

async function measure(image: GrayImage, truth: GrayImage, marked: MarkerMask): Promise<void> {
  for (const [way, fill] of Object.entries(ways)) {
    const filled = await fill(image, marked);
    for (const hole of marked.holes) {
      const window = windowOf(truth, filled, marked.mask, hole.box);
      measured.get(way)!.push({ ...holeQuality(window), where: surroundings(truth, hole.box) });
      places.get(way)!.push({ features: placeFeatures(window, 'filled'), filled: true });
      const other = mirrored(marked.mask, image, hole.box);
      if (other) {
        const untouched = windowOf(truth, truth, other.mask, other.box);
        places.get(way)!.push({ features: placeFeatures(untouched, 'truth'), filled: false });
      }
    }
  }
}

async function beforeAndAfter(image: GrayImage, marked: MarkerMask): Promise<Tile[]> {
  const after = await ways[manifest.name]!(image, marked);
  const { box } = marked.holes[0]!;
  const reach = Math.max(box.x2 - box.x1, box.y2 - box.y1);
  const crop = (film: GrayImage, caption: string): Tile => {
    const [x1, y1] = [Math.max(0, box.x1 - reach), Math.max(0, box.y1 - reach)];
    const [x2, y2] = [Math.min(film.width, box.x2 + reach), Math.min(film.height, box.y2 + reach)];
    const shown = eightBits(film);
    const pixels = new Uint8Array((x2 - x1) * (y2 - y1));
    for (let y = y1; y < y2; y++) {
      pixels.set(shown.subarray(y * film.width + x1, y * film.width + x2), (y - y1) * (x2 - x1));
    }
    return { pixels, width: x2 - x1, height: y2 - y1, caption };
  };
  return [crop(image, 'before'), crop(after, 'after')];
}

interface Figures {
  way: string;
  holes: number;
  psnr: number;
  blurredPsnr: number;
  ssim: number;
  detailRatio: number;
  giveAway: number;
  seam: Record<Hole['where'], number>;
}

function figuresOf(way: string): Figures {
  const all = measured.get(way)!;
  const mean = (some: readonly Measured[], pick: (one: Measured) => number): number =>
    some.reduce((sum, one) => sum + pick(one), 0) / some.length;
  const seamAt = (where: Hole['where']): number =>
    mean(
      all.filter((one) => one.where === where),
      ({ seamRatio }) => seamRatio,
    );
  return {
    way,
    holes: all.length,
    psnr: psnr(mean(all, ({ mse }) => mse)),
    blurredPsnr: psnr(mean(all, ({ blurredMse }) => blurredMse)),
    ssim: mean(all, ({ ssim }) => ssim),
    detailRatio: mean(all, ({ detailRatio }) => detailRatio),
    giveAway: giveAway(places.get(way)!),
    seam: {
      interior: seamAt('interior'),
      'body edge': seamAt('body edge'),
      'film border': seamAt('film border'),
    },
  };
}

function print(): void {
  const figures = measured.get(manifest.name)!.length > 0 ? Object.keys(ways).map(figuresOf) : [];
  if (values.json) return console.log(JSON.stringify({ model: manifest.name, fills: figures }));
  const rows = figures.map((one) => [
    one.way,
    String(one.holes),
    one.psnr.toFixed(2),
    one.blurredPsnr.toFixed(2),
    one.ssim.toFixed(3),
    one.detailRatio.toFixed(2),
    one.giveAway.toFixed(3),
    ...Object.values(one.seam).map((ratio) => ratio.toFixed(2)),
  ]);
  const head = [
    'fill',
    'holes',
    'PSNR dB',
    'blurred dB',
    'SSIM',
    'detail',
    'given away',
    'seam in',
    'edge',
    'border',
  ];
  if (rows.length > 0) console.log(table(head, rows));
  if (values.sheet !== undefined) console.log(`written to ${values.sheet}`);
}
