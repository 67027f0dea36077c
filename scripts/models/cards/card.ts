// A model card: prose, and between <!-- figures: NAME --> and <!-- end --> what the commands printed into models/figures.
import { readFile } from 'node:fs/promises';
import prettier from 'prettier';
import { classifierTable, everyClassifierTable } from './classifiers.ts';
import { detectorTable, holdOutTable } from './detector.ts';
import { inpainterTable } from './inpainter.ts';
import { trainingTimes } from './times.ts';

export const CARDS = ['marker-detector', 'marker-inpainter', 'classifiers'] as const;
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

/** The card with its figures as they are in models/figures now. */
export async function laidOut(file: string): Promise<string> {
  const text = await readFile(file, 'utf8');
  const parts = text.split(/(<!-- figures: \S+ -->)[\s\S]*?(?=<!-- end -->)/);
  const filled = parts.map(async (part) => {
    const [, name] = /^<!-- figures: (\S+) -->$/.exec(part) ?? [];
    return name === undefined ? part : `${part}\n\n${await blocks[name]!()}\n\n`;
  });
  const options = await prettier.resolveConfig(file);
  return prettier.format((await Promise.all(filled)).join(''), { ...options, parser: 'markdown' });
}
