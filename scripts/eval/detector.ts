// `npm run eval:detector -- DIR [--model FOLDER/NAME] [--tiles SCALE] [--json] [--sheet FILE] [--site NAME]`: a detector on
// the films of a folder with a markers.json. With --json one JSON object is all that stdout gets.
import { readFile, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { DetectorManifest, Tiling } from '@sidemark/core/contract';
import { contactSheet, eightBits, type Tile } from '@sidemark/phantom';
import { table } from '@sidemark/terminal';
import { readFilm } from '../../apps/site-agent/src/dataset/film/film.reader.ts';
import { loadModel } from '../../apps/site-agent/src/inference/load-model.ts';
import { findMarkers } from '../../apps/site-agent/src/pipeline/image/markers/find-markers.ts';
import { annotatedFilms } from './annotated-films.ts';
import { readManifest } from './read-json.ts';
import { byType, type Rate, scoreFilm, type ScoredFilm, summarise, type Summary } from './detector-score.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    model: { type: 'string', default: 'models/marker-detector' },
    threshold: { type: 'string' },
    tiles: { type: 'string' },
    json: { type: 'boolean', default: false },
    sheet: { type: 'string' },
    site: { type: 'string' },
  },
});
const [folder] = positionals;
if (folder === undefined) {
  console.error(
    'usage: npm run eval:detector -- DIR [--model models/marker-detector] [--tiles SCALE] [--json] [--sheet FILE] [--site NAME]',
  );
  process.exit(2);
}

const manifest = DetectorManifest.parse(await readManifest(values.model));
const detector = await loadModel({ sha256: manifest.sha256, path: `${values.model}.onnx`, manifest });
const threshold = Number(values.threshold ?? manifest.thresholds.score);
const tiling = values.tiles === undefined ? undefined : Tiling.parse({ scale: Number(values.tiles) });
const films = (await annotatedFilms(folder)).filter(
  ({ site }) => values.site === undefined || site === values.site,
);
const scored: ScoredFilm[] = [];
const tiles: Tile[] = [];
for (const film of films) {
  const image = await readFilm(await readFile(film.path));
  const detections = await findMarkers(image, detector, threshold, { tiling });
  const one = scoreFilm(film, detections);
  scored.push(one);
  if (values.sheet !== undefined && tiles.length < 60 && worthLooking(one, scored.length)) {
    tiles.push({
      pixels: eightBits(image),
      width: image.width,
      height: image.height,
      caption: `${film.site} ${one.markers.every(({ found }) => found) ? '' : 'missed '}${one.falsePositives.length > 0 ? 'false' : ''}`,
      boxes: [
        ...one.markers.map(({ box, found }) => ({ ...box, colour: found ? '#66bb6a' : '#ef5350' })),
        ...detections.map(({ box }) => ({ ...box, colour: '#4dd0e1' })),
      ],
    });
  }
  if (!values.json && scored.length % 50 === 0) console.error(`${scored.length}/${films.length} films`);
}
if (values.sheet !== undefined) await writeFile(values.sheet, await contactSheet(tiles, 6, 300));
print();

/** Every film with a fault, and every tenth. */
function worthLooking(one: ScoredFilm, k: number): boolean {
  return k % 10 === 0 || one.falsePositives.length > 0 || one.markers.some(({ found }) => !found);
}

function print(): void {
  const all = summarise(scored);
  const sites = [...new Set(scored.map(({ site }) => site))].sort();
  const bySite = sites.map((site) => ({ site, ...summarise(scored.filter((one) => one.site === site)) }));
  if (values.json) {
    const { recall, coverage, falsePositivesPerFilm } = all;
    const plain = {
      recall: recall.value,
      coverage: coverage.value,
      falsePositivesPerFilm: falsePositivesPerFilm.value,
    };
    console.log(
      JSON.stringify({ ...plain, model: manifest.name, threshold, all, bySite, byType: byType(scored) }),
    );
    return;
  }
  console.log(`${manifest.name}@${manifest.version}, threshold ${threshold}, 95 % intervals\n`);
  const rows = [...bySite, { site: 'all', ...all }].map(row);
  console.log(table(['site', 'films', 'L/R letters', 'recall (IoU 0.3)', 'covered', 'false a film'], rows));
  const types = byType(scored).map(({ type, recall, coverage }) => [
    type,
    String(recall.n),
    shown(recall),
    shown(coverage),
  ]);
  console.log(table(['type of letter', 'n', 'recall', 'covered'], types));
  if (values.sheet !== undefined) console.log(`written to ${values.sheet}`);
}

function row({
  site,
  films: n,
  markers,
  recall,
  coverage,
  falsePositivesPerFilm,
}: Summary & { site: string }): string[] {
  return [site, String(n), String(markers), shown(recall), shown(coverage), shown(falsePositivesPerFilm)];
}

function shown({ value, interval: [low, high] }: Rate): string {
  return Number.isNaN(value) ? '-' : `${value.toFixed(3)} [${low.toFixed(3)}, ${high.toFixed(3)}]`;
}
