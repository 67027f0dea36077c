// `npm run eval:films -- DIR [--json]`: the checks of `sidemark dataset check` on the films of a folder, one subfolder a
// site: the polarity verdict on each film, its negative and a cropped copy; the difference hash on copies and on others.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  differenceHash,
  type GrayImage,
  hashDistance,
  hashWords,
  invertPolarity,
  judgePolarity,
  nearDuplicateBits,
  type Polarity,
} from '@sidemark/core/imaging';
import { table } from '@sidemark/terminal';
import sharp from 'sharp';
import { filmKind, readFilm } from '../../apps/site-agent/src/dataset/film/film.reader.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { json: { type: 'boolean', default: false } },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error('usage: npm run eval:films -- DIR [--json]');
  process.exit(2);
}

type Verdicts = Record<Polarity, number>;
interface SiteFigures {
  site: string;
  films: number;
  asTheyAre: Verdicts;
  negatives: Verdicts;
  cropped: Verdicts;
}

const none = (): Verdicts => ({ 'bone-white': 0, inverted: 0, undecided: 0 });
const sites: SiteFigures[] = [];
const hashes: Uint32Array[] = [];
const copyDistances: number[] = [];
for (const site of await subfolders(folder)) {
  const figures = { site, films: 0, asTheyAre: none(), negatives: none(), cropped: none() };
  for (const name of (await readdir(join(folder, site))).sort()) {
    const bytes = await readFile(join(folder, site, name));
    if (!filmKind(bytes)) continue;
    const film = await readFilm(bytes);
    figures.films++;
    figures.asTheyAre[judgePolarity(film).verdict]++;
    figures.negatives[judgePolarity(invertPolarity(film)).verdict]++;
    figures.cropped[judgePolarity(cropped(film)).verdict]++;
    const hash = hashWords(differenceHash(film));
    hashes.push(hash);
    copyDistances.push(hashDistance(hash, hashWords(differenceHash(await lossyCopy(bytes, film)))));
  }
  if (figures.films > 0) sites.push(figures);
}
const distances = hashes.flatMap((a, i) => hashes.slice(0, i).map((b) => hashDistance(a, b)));
const hash = {
  bits: nearDuplicateBits,
  copies: copyDistances.length,
  copiesFound: copyDistances.filter((bits) => bits <= nearDuplicateBits).length,
  furthestCopy: Math.max(...copyDistances),
  pairs: distances.length,
  pairsTaken: distances.filter((bits) => bits <= nearDuplicateBits).length,
  nearestPair: distances.reduce((least, bits) => Math.min(least, bits), Infinity),
};
if (values.json) console.log(JSON.stringify({ polarity: sites, hash }));
else print();

async function subfolders(of: string): Promise<string[]> {
  const entries = await readdir(of, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .sort();
}

/** A tenth off each edge. */
function cropped(film: GrayImage): GrayImage {
  const [dx, dy] = [Math.round(film.width / 10), Math.round(film.height / 10)];
  const [width, height] = [film.width - 2 * dx, film.height - 2 * dy];
  const pixels = film.pixels.slice(0, width * height);
  for (let y = 0; y < height; y++) {
    const at = (y + dy) * film.width + dx;
    pixels.set(film.pixels.subarray(at, at + width), y * width);
  }
  return { ...film, width, height, pixels };
}

/** Half the size, another contrast, JPEG at quality 60. */
async function lossyCopy(bytes: Buffer, { width, height }: GrayImage): Promise<GrayImage> {
  const half = sharp(bytes).resize(Math.ceil(width / 2), Math.ceil(height / 2), { fit: 'fill' });
  return readFilm(await half.gamma(1.4).jpeg({ quality: 60 }).toBuffer());
}

function print(): void {
  const all = sites.reduce(add, {
    site: 'all',
    films: 0,
    asTheyAre: none(),
    negatives: none(),
    cropped: none(),
  });
  const cells = (verdicts: Verdicts): string =>
    `${verdicts['bone-white']} / ${verdicts.inverted} / ${verdicts.undecided}`;
  const rows = [...sites, all].map((one) => [
    one.site,
    `${one.films}`,
    cells(one.asTheyAre),
    cells(one.negatives),
    cells(one.cropped),
  ]);
  console.log('polarity: bone white / inverted / undecided\n');
  console.log(
    table(['site', 'films', 'as they are', 'negatives', 'a tenth cropped off'], rows, ['left', 'right']),
  );
  console.log(
    `\ndifference hash, up to ${hash.bits} of 256 bits: ${hash.copiesFound} of ${hash.copies} lossy copies found (furthest ${hash.furthestCopy}),` +
      `\n${hash.pairsTaken} of ${hash.pairs} pairs of other films taken for copies (nearest ${hash.nearestPair})`,
  );
}

function add(sum: SiteFigures, one: SiteFigures): SiteFigures {
  const both = (a: Verdicts, b: Verdicts): Verdicts => ({
    'bone-white': a['bone-white'] + b['bone-white'],
    inverted: a.inverted + b.inverted,
    undecided: a.undecided + b.undecided,
  });
  return {
    site: sum.site,
    films: sum.films + one.films,
    asTheyAre: both(sum.asTheyAre, one.asTheyAre),
    negatives: both(sum.negatives, one.negatives),
    cropped: both(sum.cropped, one.cropped),
  };
}
