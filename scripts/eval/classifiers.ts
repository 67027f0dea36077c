// `npm run eval:classifiers -- INTERNAL EXTERNAL [EXTERNAL ...] [--models FOLDER] [--json]`: every shipped classifier, each on
// the arm it was trained on, on the test films of folders that scripts/models/arms.ts wrote.
import { readdir, readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { parseArgs } from 'node:util';
import { ClassifierManifest } from '@sidemark/core/contract';
import { table } from '@sidemark/terminal';
import { loadModel, type LoadedModel } from '../../apps/site-agent/src/inference/load-model.ts';
import { type ArmFilm, readArmFilms } from './arms/arm-films.ts';
import { figuresOn, type TaskFigures } from './arms/task-figures.ts';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    models: { type: 'string', default: 'models' },
    json: { type: 'boolean', default: false },
  },
});
if (positionals.length < 2) {
  console.error(
    'usage: npm run eval:classifiers -- INTERNAL EXTERNAL [EXTERNAL ...] [--models models] [--json]',
  );
  process.exit(2);
}

interface Row {
  model: string;
  task: string;
  arm: string;
  /** by folder */
  sites: Record<string, TaskFigures>;
}

const sites = new Map<string, ArmFilm[]>();
for (const folder of positionals) sites.set(basename(folder), await readArmFilms(folder));
const rows: Row[] = [];
for (const task of ['binary', 'three-class', 'multi-task']) {
  const folder = join(values.models, task);
  for (const file of (await readdir(folder)).filter((name) => name.endsWith('.json')).sort()) {
    const model = await open(join(folder, file));
    const row: Row = { model: model.manifest.name, task, arm: model.manifest.trainedArm!, sites: {} };
    for (const [site, films] of sites) row.sites[site] = await figuresOn(model, films);
    rows.push(row);
    if (!values.json) console.error(row.model);
  }
}
if (values.json) console.log(JSON.stringify(rows));
else print();

async function open(file: string): Promise<LoadedModel<ClassifierManifest>> {
  const manifest = ClassifierManifest.parse(JSON.parse(await readFile(file, 'utf8')));
  return loadModel({ sha256: manifest.sha256, path: file.replace(/\.json$/, '.onnx'), manifest });
}

function print(): void {
  const names = [...sites.keys()];
  const shown = ({ auc, accuracy, dice }: TaskFigures): string =>
    [auc ?? accuracy, dice].flatMap((x) => (x === undefined ? [] : [x.toFixed(3)])).join(' / Dice ');
  console.log(
    table(
      ['model (AUC; accuracy of three classes)', ...names],
      rows.map((row) => [row.model, ...names.map((name) => shown(row.sites[name]!))]),
    ),
  );
}
