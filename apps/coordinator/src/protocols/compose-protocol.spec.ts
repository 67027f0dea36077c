import { describe, expect, it } from '@jest/globals';
import { type Manifest, type ModelVersion, ProtocolDocument, ProtocolDraft } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import {
  classifierManifest,
  detectorManifest,
  inpainterManifest,
  multiclassManifest,
  multitaskManifest,
} from '../models/manifest.sample.ts';
import { composeProtocol, type DraftModels } from './compose-protocol.ts';

const version = (manifest: Manifest): ModelVersion => ({
  sha256: manifest.sha256,
  manifestSha256: 'f'.repeat(64),
  name: manifest.name,
  version: manifest.version,
  role: manifest.role,
  state: 'released',
  sizeBytes: 1,
  manifest,
  createdAt: '2026-01-01T00:00:00.000Z',
});
const models: DraftModels = {
  detector: version(detectorManifest('markers', '1'.repeat(64))),
  inpainter: version(inpainterManifest('filler', '2'.repeat(64))),
  classifiers: [
    version(classifierManifest('chest', '3'.repeat(64))),
    version(multiclassManifest('grades', '4'.repeat(64))),
  ],
};
const diagonal = {
  id: 'diagonal',
  a: { classifier: 'c', arm: 'inpainted' },
  b: { classifier: 'c', arm: 'original' },
};
const draft = (change: object = {}): ProtocolDraft =>
  ProtocolDraft.parse({
    name: 'main',
    detector: 'markers@1.0.0',
    inpainter: 'filler@1.0.0',
    classifiers: [
      { id: 'c', model: 'chest@1.0.0' },
      { id: 'm', model: 'grades@1.0.0' },
    ],
    comparisons: [diagonal],
    ...change,
  });
const identity = { study: '00000000-0000-4000-8000-000000000001', version: 3 };
const compose = (change: object = {}, changed: Partial<DraftModels> = {}) =>
  composeProtocol(draft(change), { ...models, ...changed }, identity);

describe('tiles', () => {
  it('are in the document only where the draft asks for them', () => {
    expect('tiling' in compose()).toBe(false);
    expect(compose({ tiling: { scale: 0.5 } }).tiling).toEqual({
      scale: 0.5,
      overlap: 0.25,
      wholeFilm: true,
      merge: 0.5,
    });
  });
});

describe('glyphs', () => {
  it('are in the document only where the draft asks for them, all of the library unless it says which', () => {
    expect('swap' in compose()).toBe(false);
    const swap = { library: 'sidemark-glyphs/1', sizes: [0.05] } as const;
    expect(compose({ swap }).swap).toMatchObject({ letters: ['left', 'right'], sizes: [0.05] });
  });

  it('need the inpainted arm', () => {
    const swap = { library: 'sidemark-glyphs/1' } as const;
    expect(refusal({ swap, arms: ['original'], comparisons: [] }).said).toEqual([
      'glyphs are drawn on the inpainted film, and the protocol has no such arm',
    ]);
  });
});

function refusal(...args: Parameters<typeof compose>): { code: string; said: unknown } {
  try {
    compose(...args);
  } catch (error) {
    if (error instanceof DomainError) return { code: error.code, said: Object.values(error.details)[0] };
    throw error;
  }
  return { code: 'none', said: [] };
}
const comparing = (a: object, b: object = diagonal.b) => ({ comparisons: [{ id: 'x', a, b }] });

describe('agreements', () => {
  const other = version(multiclassManifest('others', '6'.repeat(64)));
  const between = (a: object, b: object, model = other) =>
    [
      {
        classifiers: ['c', 'm', 'o'].map((id) => ({ id, model: 'x@1.0.0' })),
        agreements: [{ id: 'own', a, b }],
      },
      { classifiers: [...models.classifiers, model] },
    ] as const;
  const m = { classifier: 'm', arm: 'original' } as const;

  it('are signed with the protocol', () => {
    const asked = between(m, { classifier: 'o', arm: 'inpainted' });
    expect(compose(...asked).agreements).toEqual(asked[0].agreements);
    expect('agreements' in compose()).toBe(false);
  });

  it('are of two multi-class classifiers with the same labels', () => {
    expect(refusal(...between(m, { classifier: 'c', arm: 'original' })).said).toEqual([
      'agreement own: c is no multi-class classifier of the protocol',
      'agreement own: the labels differ',
    ]);
    expect(refusal(...between(m, { ...m, arm: 'inpainted' })).said).toEqual([
      'agreement own: every two arms of one classifier are laid against each other anyway',
    ]);
  });
});

const findings = version({
  ...classifierManifest('findings', '5'.repeat(64)),
  labels: ['mass', 'effusion'],
  decode: { variant: 'multilabel', judged: 'mass' },
});

describe('a label of a multi-label model', () => {
  const of = (label: string, model = findings) =>
    [
      { classifiers: [{ id: 'c', model: 'x@1.0.0', label }], comparisons: [diagonal] },
      { classifiers: [model] },
    ] as const;

  it('is signed with the protocol', () => {
    expect(compose(...of('effusion')).classifiers[0]).toMatchObject({ id: 'c', label: 'effusion' });
    expect(compose().classifiers[0]).not.toHaveProperty('label');
  });

  it('is one that the model has, and of no other kind of model', () => {
    expect(refusal(...of('edema')).said).toEqual(['classifier c: the model has no label edema']);
    expect(refusal(...of('finding', models.classifiers[0])).said).toEqual([
      'classifier c: a label is chosen of multi-label models only',
    ]);
  });
});

describe('composeProtocol', () => {
  it('turns names into digests', () => {
    const document = compose();
    expect(ProtocolDocument.parse(document)).toEqual(document);
    expect(document).toMatchObject({
      ...identity,
      detector: { name: 'markers', version: '1.0.0', sha256: '1'.repeat(64), manifestSha256: 'f'.repeat(64) },
      classifiers: [{ id: 'c', model: { sha256: '3'.repeat(64) } }, { id: 'm' }],
      comparisons: [{ primary: false }],
    });
  });

  it('keeps which classifiers are folds of one division, and refuses what is not', () => {
    const fold = (name: string, k: number, heldOut: number) =>
      version({ ...multitaskManifest(name, '5'.repeat(64)), fold: { k, heldOut } });
    const folds = (...classifiers: ModelVersion[]) =>
      compose(
        {
          classifiers: classifiers.map(({ name }) => ({ id: name, model: `${name}@1.0.0`, foldOf: 'five' })),
          comparisons: [],
        },
        { classifiers },
      );
    const found = folds(fold('f1', 5, 1), fold('f2', 5, 2));
    expect(found.classifiers.map(({ foldOf }) => foldOf)).toEqual(['five', 'five']);
    expect(found.segmentation).toEqual({ bothEmpty: 'one' });
    const refused = (...problems: string[]): Error =>
      expect.objectContaining({ code: 'protocol-invalid', details: { problems } }) as unknown as Error;
    expect(() => folds(fold('f1', 5, 1), fold('f2', 5, 1))).toThrow(
      refused('foldOf five: two classifiers hold out the same fold'),
    );
    expect(() => folds(fold('f1', 5, 1), fold('f2', 4, 2))).toThrow(
      refused('foldOf five: not folds of one division'),
    );
    expect(() => folds(version(classifierManifest('chest', '3'.repeat(64))))).toThrow(
      refused('foldOf five: the model of chest names no fold'),
    );
  });

  it('takes released models only', () => {
    const withdrawn: ModelVersion = { ...models.detector, state: 'withdrawn' };
    const registered: ModelVersion = { ...models.inpainter, state: 'registered' };
    expect(refusal({}, { detector: withdrawn, inpainter: registered })).toEqual({
      code: 'model-not-released',
      said: ['markers@1.0.0 is withdrawn', 'filler@1.0.0 is registered'],
    });
  });

  const contradictions: [string, object, Partial<DraftModels>, string][] = [
    [
      'a detector in the inpainter’s place',
      {},
      { inpainter: models.detector },
      'markers@1.0.0 has the role detector, not inpainter',
    ],
    [
      'two classifiers of one id',
      {
        classifiers: [
          { id: 'c', model: 'a@1.0.0' },
          { id: 'c', model: 'b@1.0.0' },
        ],
      },
      {},
      'two classifiers have the id c',
    ],
    [
      'one model under two ids',
      {},
      { classifiers: [models.classifiers[0]!, models.classifiers[0]!] },
      'two classifier ids name chest@1.0.0',
    ],
    [
      'an arm named twice',
      { arms: ['original', 'inpainted', 'original'] },
      {},
      'the arm original is named twice',
    ],
    ['a view named twice', { views: ['PA', 'PA'] }, {}, 'the view PA is named twice'],
    [
      'two comparisons of one id',
      { comparisons: [diagonal, diagonal] },
      {},
      'two comparisons have the id diagonal',
    ],
    [
      'an unknown classifier',
      comparing({ classifier: 'z', arm: 'original' }),
      {},
      'comparison x: there is no classifier z',
    ],
    [
      'an arm outside the protocol',
      comparing({ classifier: 'c', arm: 'placebo' }),
      {},
      'comparison x: the arm placebo is not in the protocol',
    ],
    [
      'a multi-class cell',
      comparing({ classifier: 'm', arm: 'original' }),
      {},
      'comparison x: m is multi-class, and only binary classifiers have an AUC',
    ],
    ['a cell against itself', comparing(diagonal.b), {}, 'comparison x: both sides are the same cell'],
  ];
  it.each(contradictions)('refuses %s', (_, change, changed, problem) => {
    expect(refusal(change, changed)).toEqual({ code: 'protocol-invalid', said: [problem] });
  });
});
