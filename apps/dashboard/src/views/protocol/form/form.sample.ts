// Models, a form, and a form in which every choice is another than the usual one, for tests.
import type { ModelVersion } from '@sidemark/core/contract';
import { type ClassifierRow, type ProtocolForm, startingForm } from './protocol-form.ts';

const model = (name: string, role: ModelVersion['role'], manifest: object): ModelVersion =>
  ({ name, version: '1.0.0', role, state: 'released', manifest: { role, ...manifest } }) as ModelVersion;
const classifier = (name: string, variant: string, trainedArm: string, more: object = {}): ModelVersion =>
  model(name, 'classifier', {
    ...{ trainedArm, labels: ['none', 'mild'], decode: { variant, judged: 'none' }, ...more },
  });

export const models: readonly ModelVersion[] = [
  model('finder', 'detector', { input: { image: { size: { h: 512 } } } }),
  model('filler', 'inpainter', {}),
  classifier('plain', 'binary', 'original'),
  classifier('clean', 'binary', 'inpainted'),
  classifier('grades', 'multiclass', 'inpainted'),
  classifier('stages', 'multiclass', 'original'),
  classifier('findings', 'multilabel', 'original'),
  classifier('part-1', 'binary', 'original', { fold: { k: 5, heldOut: 1 } }),
  classifier('part-2', 'binary', 'original', { fold: { k: 5, heldOut: 2 } }),
];

export const classifierRow = (id: string, part: Partial<ClassifierRow> = {}): ClassifierRow => ({
  ...{ id, model: `${id}@1.0.0`, foldOf: '', label: '', internal: null },
  ...part,
});

export const plainForm: ProtocolForm = {
  ...startingForm(models),
  classifiers: ['plain', 'clean', 'grades'].map((id) => classifierRow(id)),
};

const comparison = { id: 'gain', a: 'clean/inpainted', b: 'plain/original', gate: 'first' };

/** Fits together: the contract and the coordinator take it. */
export const everyChoice: ProtocolForm = {
  ...{ name: 'every-choice', detector: 'finder@1.0.0', inpainter: 'filler@1.0.0' },
  classifiers: [
    ...[classifierRow('plain', { internal: ['north'] }), classifierRow('clean')],
    ...[classifierRow('grades'), classifierRow('stages')],
    classifierRow('findings', { label: 'mild' }),
    ...['part-1', 'part-2'].map((id) => classifierRow(id, { foldOf: 'parts' })),
  ],
  ...{ arms: ['original', 'inpainted', 'placebo'], views: ['PA', 'LATERAL'], minPatients: '12' },
  masks: {
    ...{ version: '2', scoreThreshold: '0.4', maxAreaPercent: '7', dilateMinPx: '6', dilatePercent: '12' },
    ...{ sameIouPercent: '60', maskFrom: 'best', isRefined: true, closePx: '5', growPx: '2' },
    ...{ maxBorderPercent: '15', maxTruthPercent: '30' },
  },
  ...{ fill: 'harmonic', featherPx: '3' },
  tiling: { isOn: true, scale: '0.5', overlapPercent: '35', wholeFilm: false, mergePercent: '55' },
  orientation: { inverted: 'correct', mirrored: 'exclude', rotated: 'correct', lateral: 'exclude' },
  comparisons: [
    { ...comparison, question: 'superiority', margin: '0.02' },
    { ...comparison, id: 'loss', a: 'plain/inpainted', gate: 'then', question: 'difference', margin: '0.05' },
  ],
  gates: ['first', 'then'],
  agreements: [{ id: 'trainings', a: 'grades/inpainted', b: 'stages/original' }],
  swap: { isOn: true, letters: ['left'], looks: ['lead'], corners: ['top-left'], sizes: '4, 6.5' },
  ...{ sites: 'external', levelPercent: '90', bothEmpty: 'excluded', qualification: 'a'.repeat(64) },
};
