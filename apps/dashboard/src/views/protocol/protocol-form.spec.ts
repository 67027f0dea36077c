import { describe, expect, it } from '@jest/globals';
import { type ModelVersion, ProtocolDraft } from '@sidemark/core/contract';
import { cellsOf, draftOf, type ProtocolForm, startingForm, suggested } from './protocol-form.ts';

const model = (name: string, manifest: object): ModelVersion =>
  ({
    name,
    version: '1.0.0',
    role: 'classifier',
    manifest: { role: 'classifier', ...manifest },
  }) as ModelVersion;
const binary = { decode: { variant: 'binary' } };
const models = [
  { ...model('finder', {}), role: 'detector' },
  { ...model('filler', {}), role: 'inpainter' },
  model('plain', { ...binary, trainedArm: 'original' }),
  model('clean', { ...binary, trainedArm: 'inpainted' }),
  model('grades', { decode: { variant: 'multiclass' }, trainedArm: 'inpainted' }),
] as ModelVersion[];

const classifier = (id: string): ProtocolForm['classifiers'][number] => ({
  ...{ id, model: `${id}@1.0.0` },
  internal: null,
});
const form: ProtocolForm = {
  ...startingForm(models),
  classifiers: ['plain', 'clean', 'grades'].map(classifier),
};

describe('the form of a protocol', () => {
  it('starts with the newest detector and inpainter', () => {
    expect(startingForm(models)).toMatchObject({ detector: 'finder@1.0.0', inpainter: 'filler@1.0.0' });
  });

  it('offers cells of models that have an AUC', () => {
    expect(cellsOf({ ...form, arms: ['original', 'inpainted'] }, models)).toEqual([
      ...['plain/original', 'plain/inpainted'],
      ...['clean/original', 'clean/inpainted'],
    ]);
  });

  it('suggests the paper’s diagonal as primary, and the removal of markers beside it', () => {
    expect(suggested(form, models)).toMatchObject([
      { id: 'clean-vs-plain', a: 'clean/inpainted', b: 'plain/original', status: 'primary' },
      { id: 'plain-marker-removed', a: 'plain/inpainted', b: 'plain/original', status: 'exploratory' },
    ]);
    expect(suggested({ ...form, arms: ['original'] }, models)).toEqual([]);
  });

  it('makes a draft that fits the contract, with its plan', () => {
    const [first, second] = suggested(form, models);
    const filled: ProtocolForm = {
      ...form,
      classifiers: [{ ...classifier('plain'), internal: ['north'] }, classifier('clean')],
      comparisons: [
        { ...first!, question: 'non-inferiority', margin: '0.02' },
        { ...second!, status: 'secondary' },
      ],
      ...{ sites: 'external', scoreThreshold: '0.4', maxAreaPercent: '10', minPatients: '12' },
    };
    expect(ProtocolDraft.parse(draftOf(filled))).toMatchObject({
      maskPolicy: { version: 1, scoreThreshold: 0.4, maxAreaFraction: 0.1, dilateMinPx: 4 },
      disclosure: { minPatientsPerClass: 12 },
      comparisons: [
        { id: 'clean-vs-plain', a: { classifier: 'clean', arm: 'inpainted' }, primary: true },
        { id: 'plain-marker-removed', primary: false },
      ],
      analysis: {
        level: 0.95,
        plan: {
          families: [
            { name: 'primary', comparisons: ['clean-vs-plain'] },
            { name: 'secondary', comparisons: ['plain-marker-removed'] },
          ],
          sites: 'external',
          margins: [{ comparison: 'clean-vs-plain', question: 'non-inferiority', margin: 0.02 }],
          internalSites: [{ classifier: 'plain', sites: ['north'] }],
        },
      },
    });
  });

  it('declares no plan where nothing is primary', () => {
    const rows = suggested(form, models).map((row) => ({ ...row, status: 'exploratory' as const }));
    expect(draftOf({ ...form, comparisons: rows }).analysis).toEqual({ level: 0.95 });
    expect(draftOf(form).qualification).toBeUndefined();
  });
});
