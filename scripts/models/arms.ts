// node --import tsx scripts/models/arms.ts SITE_FOLDER OUT [--models FOLDER]: the films of a phantom site in every arm, as
// the classifiers will see them. The agent's own code finds and inpaints the markers, so training sees what sites see.
import { createWriteStream } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { finished } from 'node:stream/promises';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { parse } from 'csv-parse/sync';
import { DetectorManifest, ImageInput, InpainterManifest } from '@sidemark/core/contract';
import { clipToRange, type GrayImage, markerMask, resize, toModelInput } from '@sidemark/core/imaging';
import { readFilm } from '../../apps/site-agent/src/dataset/film/film.reader.ts';
import { loadModel } from '../../apps/site-agent/src/inference/load-model.ts';
import { findMarkers } from '../../apps/site-agent/src/pipeline/image/markers/find-markers.ts';
import { inpaintMarkers } from '../../apps/site-agent/src/pipeline/image/markers/inpaint-markers.ts';

const MASK_SIDE = 64;
const POLICY = { dilateMinPx: 4, dilateFraction: 0.1, maxAreaFraction: 0.08 };

interface LabelRow {
  path: string;
  class: string;
  split: string;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { models: { type: 'string', default: 'models' } },
});
const [site, out] = positionals;
if (site === undefined || out === undefined) {
  console.error('usage: arms.ts SITE_FOLDER OUT [--models FOLDER]');
  process.exit(2);
}

const draft = JSON.parse(
  await readFile(new URL('../../training/drafts/classifier.json', import.meta.url), 'utf8'),
) as { input: { image: unknown } };
const input = ImageInput.parse(draft.input.image);
const readManifest = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(join(values.models, `${name}.json`), 'utf8'));
const detectorManifest = DetectorManifest.parse(await readManifest('marker-detector'));
const inpainterManifest = InpainterManifest.parse(await readManifest('marker-inpainter'));
const pathOf = (name: string): string => join(values.models, `${name}.onnx`);
const detector = await loadModel({
  sha256: detectorManifest.sha256,
  path: pathOf('marker-detector'),
  manifest: detectorManifest,
});
const inpainter = await loadModel({
  sha256: inpainterManifest.sha256,
  path: pathOf('marker-inpainter'),
  manifest: inpainterManifest,
});

await mkdir(out, { recursive: true });
const rows = parse<LabelRow>(await readFile(join(site, 'labels.csv')), { columns: true });
const arms = createWriteStream(join(out, 'arms.f32'));
const masks = createWriteStream(join(out, 'masks.u8'));
const facts: object[] = [];
for (const row of rows) {
  const name = row.path.replace(/^images\//, '').replace(/\.[a-z]+$/, '.png');
  const original = await readFilm(await readFile(join(site, row.path)));
  const found = await findMarkers(original, detector, detectorManifest.thresholds.score);
  const marked = markerMask(original, found, {
    ...POLICY,
    scoreThreshold: detectorManifest.thresholds.score,
  });
  const inpainted = await inpaintMarkers(original, marked, inpainter);
  for (const film of [original, inpainted, clipToRange(original, inpainted)]) {
    arms.write(bytesOf(toModelInput(film, input).data));
  }
  masks.write(smallMask(await readFilm(await readFile(join(site, 'masks', name))).catch(() => undefined)));
  facts.push({ path: row.path, class: row.class, split: row.split, markers: found.length });
  if (facts.length % 50 === 0) console.error(`${facts.length}/${rows.length} films`);
}
for (const stream of [arms, masks]) {
  stream.end();
  await finished(stream);
}
await writeFile(join(out, 'rows.json'), JSON.stringify(facts));

function bytesOf(values: Float32Array): Uint8Array {
  return new Uint8Array(values.buffer, values.byteOffset, values.byteLength).slice();
}

/** 1 where at least half of a cell is lesion; a film without one has an all-black mask, which no reader takes. */
function smallMask(mask: GrayImage | undefined): Uint8Array {
  const small = new Uint8Array(MASK_SIDE * MASK_SIDE);
  if (!mask) return small;
  const { width, height, pixels } = mask;
  const share = resize(Float32Array.from(pixels), width, height, MASK_SIDE, MASK_SIDE, {
    interpolation: 'area',
    antialias: false,
  });
  share.forEach((value, i) => (small[i] = value >= 127.5 ? 1 : 0));
  return small;
}
