// node --import tsx scripts/models/cards.ts: lays the figures that the commands printed (models/figures) out in the model
// cards, between <!-- figures: NAME --> and <!-- end -->.
import { readFile, writeFile } from 'node:fs/promises';
import prettier from 'prettier';
import { classifierTable, everyClassifierTable } from './card-classifiers.ts';
import { detectorTable, holdOutTable } from './card-detector.ts';
import { inpainterTable } from './card-inpainter.ts';
import { trainingTimes } from './card-times.ts';

const CARDS = ['marker-detector', 'marker-inpainter', 'classifiers'];
const HOSPITALS = ['hannover_mhh', 'kermany_guangzhou', 'nih_clinical_center'];

const figures = async (name: string): Promise<unknown> =>
  JSON.parse(await readFile(`models/figures/${name}.json`, 'utf8'));

const blocks: Record<string, () => Promise<string>> = {
  'detector-hospitals': async () => detectorTable(await figures('detector-hospitals')),
  'detector-phantoms': async () => detectorTable(await figures('detector-phantoms')),
  'detector-hold-out': async () =>
    holdOutTable(await Promise.all(HOSPITALS.map((site) => figures(`detector-without-${site}`)))),
  inpainter: async () => inpainterTable(await figures('inpainter')),
  classifiers: async () => classifierTable(await figures('classifiers')),
  'classifiers-all': async () => everyClassifierTable(await figures('classifiers')),
  'detector-training': async () => trainingTimes(await figures('training'), /^(detector|without)/),
  'inpainter-training': async () => trainingTimes(await figures('training'), /^inpainter/),
  'classifiers-training': async () =>
    trainingTimes(await figures('training'), /^(binary|three-class|multi-task)/),
};

for (const card of CARDS) {
  const file = `models/${card}.md`;
  const text = await readFile(file, 'utf8');
  const parts = text.split(/(<!-- figures: \S+ -->)[\s\S]*?(?=<!-- end -->)/);
  const filled = parts.map(async (part) => {
    const [, name] = /^<!-- figures: (\S+) -->$/.exec(part) ?? [];
    return name === undefined ? part : `${part}\n\n${await blocks[name]!()}\n\n`;
  });
  const options = await prettier.resolveConfig(file);
  const laidOut = (await Promise.all(filled)).join('');
  await writeFile(file, await prettier.format(laidOut, { ...options, parser: 'markdown' }));
  console.log(file);
}
