// node --import tsx scripts/models/seal-classifiers.ts TRAINED FOLDER: puts every classifier that training wrote beside its
// manifest. What they have in common is in training/drafts/classifier.json.
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sealModel } from './seal-model.ts';

const FOLDS = 5;
const LABELS = {
  binary: ['lesion'],
  'three-class': ['none', 'opacity', 'effusion'],
  'multi-task': ['lesion'],
};
const DECODE = {
  binary: { variant: 'binary', positiveIndex: 0 },
  'three-class': { variant: 'multiclass' },
  'multi-task': {
    variant: 'multitask',
    positiveIndex: 0,
    seg: { activation: 'sigmoid', threshold: 0.5, resize: 'bilinear' },
  },
};

/** What training/classifiers/train.py notes beside each file. */
interface Training {
  task: keyof typeof DECODE;
  arm: string;
  /** 0: trained on all folds */
  fold: number;
}

const [trained, folder] = process.argv.slice(2);
if (trained === undefined || folder === undefined) {
  console.error('usage: seal-classifiers.ts TRAINED FOLDER');
  process.exit(2);
}
const readJson = async (path: string | URL): Promise<unknown> => JSON.parse(await readFile(path, 'utf8'));
const common = (await readJson(new URL('../../training/drafts/classifier.json', import.meta.url))) as object;
for (const file of (await readdir(trained)).filter((name) => name.endsWith('.train.json')).sort()) {
  const name = file.replace('.train.json', '');
  const facts = (await readJson(join(trained, file))) as Training;
  console.log(await sealModel(join(trained, `${name}.onnx`), draftOf(name, facts), join(folder, facts.task)));
}

function draftOf(name: string, { task, arm, fold }: Training): object {
  const outputs = ['logits', 'features', 'cam', ...(task === 'multi-task' ? ['seg'] : [])];
  return {
    ...common,
    name,
    trainedArm: arm,
    ...(fold === 0 ? {} : { fold: { k: FOLDS, heldOut: fold } }),
    outputs: outputs.map((output) => ({ name: output, semantic: output })),
    decode: DECODE[task],
    labels: LABELS[task],
    thresholds: task === 'three-class' ? {} : { decision: 0 },
  };
}
