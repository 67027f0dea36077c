import { describe, expect, it } from '@jest/globals';
import type { ProtocolDocument } from '@sidemark/core/contract';
import { planOf } from './image-plan.ts';

const ref = (name: string): ProtocolDocument['detector'] => ({
  name,
  version: '1.0.0',
  sha256: 'a'.repeat(64),
  manifestSha256: 'b'.repeat(64),
});

const protocol: ProtocolDocument = {
  schema: 'sidemark.protocol/1',
  study: '3b241101-e2bb-4255-8caf-4136c566a962',
  name: 'drafted',
  version: 1,
  detector: ref('detector'),
  inpainter: ref('inpainter'),
  classifiers: [{ id: 'one', model: ref('one') }],
  maskPolicy: {
    version: 1,
    scoreThreshold: null,
    dilateMinPx: 4,
    dilateFraction: 0.1,
    maxAreaFraction: 0.08,
  },
  arms: ['original', 'placebo'],
  comparisons: [],
  disclosure: { minPatientsPerClass: 10 },
  views: ['PA'],
  analysis: { level: 0.95 },
};

const digestOfPlan = (document: ProtocolDocument): string =>
  planOf(document, { detector: {}, inpainter: {}, classifiers: [] } as never, '/').recipeDigest;

describe('planOf', () => {
  it('places placebos by the recipe: the same in a draft and in the version that asks for a pack', () => {
    const frozen: ProtocolDocument = {
      ...protocol,
      study: '9f0c1a52-7f3c-4d5e-8a51-0d6f5c9b7e11',
      name: 'frozen',
      version: 2,
      qualification: { pack: 'c'.repeat(64), sizeBytes: 1 },
    };
    expect(digestOfPlan(frozen)).toBe(digestOfPlan(protocol));
    const otherHoles = { ...protocol, featherPx: 2 };
    expect(digestOfPlan(otherHoles)).not.toBe(digestOfPlan(protocol));
  });
});
