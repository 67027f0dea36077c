import { describe, expect, it } from '@jest/globals';
import { ProtocolDocument, ProtocolDraft } from '@sidemark/core/contract';
import type { z } from 'zod';
import { cellsOf, nextAgreement, renamed, suggested } from './cells.ts';
import { draftOf } from './draft-of.ts';
import { formOf } from './form-of.ts';
import { classifierRow, everyChoice, models, plainForm as form } from './form.sample.ts';
import { type ProtocolForm, startingForm } from './protocol-form.ts';

/** The document that the coordinator makes of a draft, as far as a form is concerned. */
function signedAs(input: z.input<typeof ProtocolDraft>): ProtocolDocument {
  const { detector, inpainter, classifiers, tiling, swap, qualification, agreements, ...draft } =
    ProtocolDraft.parse(input);
  const reference = (called: string) => {
    const [name = '', version = ''] = called.split('@');
    return { name, version, sha256: 'b'.repeat(64), manifestSha256: 'c'.repeat(64) };
  };
  return ProtocolDocument.parse({
    ...{ schema: 'sidemark.protocol/1', study: '5ab4b9b3-2e6e-492b-a31e-b2e4862ec345', version: 1 },
    ...{ ...draft, detector: reference(detector), inpainter: reference(inpainter) },
    classifiers: classifiers.map((one) => ({ ...one, model: reference(one.model) })),
    ...(tiling && { tiling }),
    ...(swap && { swap }),
    ...(agreements.length > 0 && { agreements }),
    ...(qualification !== undefined && { qualification: { pack: qualification, sizeBytes: 1 } }),
  });
}

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
      { id: 'clean-vs-plain', a: 'clean/inpainted', b: 'plain/original', gate: 'primary' },
      { id: 'plain-marker-removed', a: 'plain/inpainted', b: 'plain/original', gate: 'exploratory' },
    ]);
    expect(suggested({ ...form, arms: ['original'] }, models)).toEqual([]);
  });

  it('suggests two multi-class classifiers with the same labels, each on its own arm', () => {
    expect(nextAgreement(form, models)).toBeUndefined();
    const both = { ...form, classifiers: ['grades', 'stages'].map((id) => classifierRow(id)) };
    expect(nextAgreement(both, models)).toMatchObject({ a: 'grades/inpainted', b: 'stages/original' });
  });

  it('takes comparisons along when a classifier is called otherwise, but never to another classifier', () => {
    const filled = { ...form, comparisons: suggested(form, models) };
    const [plain] = filled.classifiers;
    expect(renamed(filled, plain!, 'base').comparisons).toMatchObject([
      { a: 'clean/inpainted', b: 'base/original' },
      { a: 'base/inpainted', b: 'base/original' },
    ]);
    expect(renamed(filled, plain!, 'clean').comparisons).toBeUndefined();
  });

  it('makes of a form that is left as it is what the contract defaults to', () => {
    const { name, detector, inpainter, classifiers } = draftOf(form);
    expect(ProtocolDraft.parse(draftOf(form))).toEqual(
      ProtocolDraft.parse({ name, detector, inpainter, classifiers }),
    );
  });

  it('makes a draft that fits the contract, with its plan', () => {
    const [first, second] = suggested(form, models);
    const filled: ProtocolForm = {
      ...form,
      classifiers: [{ ...classifierRow('plain'), internal: ['north'] }, classifierRow('clean')],
      comparisons: [
        { ...first!, question: 'non-inferiority', margin: '0.02' },
        { ...second!, gate: 'secondary' },
      ],
      sites: 'external',
    };
    expect(ProtocolDraft.parse(draftOf(filled))).toMatchObject({
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
    const rows = suggested(form, models).map((row) => ({ ...row, gate: 'exploratory' }));
    expect(draftOf({ ...form, comparisons: rows }).analysis).toEqual({ level: 0.95 });
  });
});

describe('the next version of a protocol', () => {
  it.each([
    ['as it comes', form],
    ['with every choice made', everyChoice],
  ])('begins with what the last one says, %s', (_, filled) => {
    expect(draftOf(formOf(signedAs(draftOf(filled))))).toEqual(draftOf(filled));
  });

  it('takes a plan that is not there as the one family that it stands for', () => {
    const draft = ProtocolDraft.parse(draftOf({ ...form, comparisons: suggested(form, models) }));
    const bare = signedAs({ ...draft, analysis: { level: 0.95 } });
    expect(draftOf(formOf(bare)).analysis).toMatchObject({
      plan: { families: [{ name: 'primary', comparisons: ['clean-vs-plain'] }], sites: 'all' },
    });
  });
});
