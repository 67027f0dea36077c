// node --import tsx scripts/models/collect-times.ts WORK: the wall times that the training runs noted, as figures of the cards.
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';

const [work] = process.argv.slice(2);
if (work === undefined) {
  console.error('usage: collect-times.ts WORK');
  process.exit(2);
}
const networks = ['detector-phantom', 'detector', 'inpainter-first', 'inpainter-second', 'inpainter'];
const hospitals = ['nih_clinical_center', 'hannover_mhh', 'kermany_guangzhou'];
const named = [...networks, ...hospitals.map((site) => `without-${site}`)].map((name) => `${name}.json`);
const classifiers = (await readdir(join(work, 'classifiers')))
  .filter((name) => name.endsWith('.train.json'))
  .map((name) => join('classifiers', name));
const times: Record<string, number> = {};
for (const file of [...named, ...classifiers.sort()]) {
  const { seconds } = JSON.parse(await readFile(join(work, file), 'utf8')) as { seconds: number };
  times[basename(file).replace(/(\.train)?\.json$/, '')] = seconds;
}
await writeFile('models/figures/training.json', `${JSON.stringify(times, undefined, 1)}\n`);
