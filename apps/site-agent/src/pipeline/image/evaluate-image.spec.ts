import { beforeAll, describe, expect, it } from '@jest/globals';
import { MaskPolicy } from '@sidemark/core/contract';
import { type GrayImage, grayImage } from '@sidemark/core/imaging';
import { type DicomMeta, writeDicom } from '@sidemark/dicom';
import sharp from 'sharp';
import type { FloatTensor } from '../../inference/element-types.ts';
import type { LoadedModel } from '../../inference/load-model.ts';
import { localClassifier, localDetector, localInpainter } from '../test-support/tiny-models.ts';
import { temporaryFolder } from '../test-support/tiny-study.ts';
import { evaluateImage, type ImageModels } from './evaluate-image.ts';
import type { ImageOutcome } from './image-outcome.ts';

const SIDE = 64;
const scalar = (value: number): FloatTensor => ({ data: Float32Array.of(value), dims: [1, 1] });
const mean = (values: Float32Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const plan = {
  arms: ['original', 'inpainted', 'clipped'] as const,
  recipeDigest: 'protocol',
  maskPolicy: {
    version: 1 as const,
    scoreThreshold: null,
    dilateMinPx: 4,
    dilateFraction: 0.1,
    maxAreaFraction: 0.08,
  },
};

let asked: string[];
/** Models without onnxruntime: the detector answers `box`, the inpainter `fill`, the classifier the mean. */
let fake: ImageModels;
let box: number[] | undefined;
let fill: number;
let score: (seen: Float32Array) => number;

function pretend<M extends LoadedModel>(
  model: { manifest: M['manifest'] },
  run: (image: FloatTensor) => Record<string, FloatTensor>,
): M {
  return {
    manifest: model.manifest,
    run: (image: FloatTensor) => Promise.resolve(run(image)),
    runAll: (image: FloatTensor) =>
      Promise.resolve(Object.entries(run(image)).map(([name, one]) => ({ name, semantic: name, ...one }))),
  } as unknown as M;
}

beforeAll(async () => {
  const folder = await temporaryFolder();
  const [detector, inpainter, classifier] = [
    await localDetector(folder),
    await localInpainter(folder),
    await localClassifier(folder),
  ];
  // native 12-bit values as fractions of full scale
  const intensity = {
    from: 'modality' as const,
    polarity: 'bone-white' as const,
    scale: 'bits-stored' as const,
    out: [0, 1] as [number, number],
    quantise: null,
  };
  for (const { manifest } of [detector, inpainter, classifier]) manifest.input.image.intensity = intensity;
  fake = {
    detector: pretend<ImageModels['detector']>(detector, () => ({
      boxes: { data: Float32Array.from(box ?? [0, 0, 0, 0]), dims: [1, 1, 4] },
      scores: scalar(box ? 1 : 0),
      labels: scalar(box ? 0 : -1),
    })),
    inpainter: pretend<ImageModels['inpainter']>(inpainter, ({ data, dims }) => ({
      inpainted: { data: new Float32Array(data.length).fill(fill), dims },
    })),
    classifiers: [
      pretend<ImageModels['classifiers'][number]>(classifier, ({ data }) => {
        asked.push('classifier');
        return { logits: scalar(score(data)) };
      }),
    ],
  };
});

/** A 12-bit ramp with a saturated square of 8 px at (8, 8). */
function film(marker: boolean): GrayImage {
  const pixels = Uint16Array.from({ length: SIDE * SIDE }, (_, i) => 1000 + (i % SIDE) * 10);
  if (marker) for (let y = 8; y < 16; y++) pixels.fill(4095, y * SIDE + 8, y * SIDE + 16);
  return grayImage(SIDE, SIDE, pixels, 12);
}

async function evaluated(
  marker: boolean,
  change: { box?: number[]; fill?: number; score?: typeof score } = {},
): Promise<ImageOutcome> {
  asked = [];
  box = change.box;
  fill = change.fill ?? 0.3;
  score = change.score ?? ((seen) => mean(seen));
  return evaluateImage(
    writeDicom({ image: film(marker), meta: { uidSeed: 'a', patientId: 'p' } }),
    fake,
    plan,
  );
}
// model px: half of the film's
const onMarker = [4, 4, 8, 8];

describe('evaluateImage', () => {
  it('scores an unmarked film once and calls its arms inert', async () => {
    const outcome = await evaluated(false);
    expect(outcome).toMatchObject({
      kind: 'scored',
      inert: { inpainted: true, clipped: true },
      markers: { left: 0 },
    });
    if (outcome.kind === 'scored') expect(new Set(outcome.scores[0]!.flat()).size).toBe(1);
    expect(asked).toHaveLength(1);
  });

  it('scores three arms of a marked film: without the marker, and with the marker at the range of the rest', async () => {
    const outcome = await evaluated(true, { box: onMarker });
    if (outcome.kind !== 'scored') throw new Error(outcome.reason);
    const [original, inpainted, clipped] = outcome.scores[0]!.map((one) => one[0]!);
    expect(outcome.inert).toEqual({ inpainted: false, clipped: false });
    expect(outcome.markers).toEqual({ left: 1, right: 0, other: 0, needsReview: false });
    expect(inpainted).toBeLessThan(clipped!);
    expect(clipped).toBeLessThan(original!);
    expect(asked).toHaveLength(3);
  });

  it.each(['harmonic', 'border-median', 'blackout'] as const)(
    'fills by %s without asking the inpainter, and counts what it filled',
    async (how) => {
      // an inpainter that would spoil the film if it were asked
      [box, fill, score, asked] = [onMarker, NaN, (seen) => mean(seen), []];
      const bytes = writeDicom({ image: film(true), meta: { uidSeed: 'a', patientId: 'p' } });
      const outcome = await evaluateImage(bytes, fake, { ...plan, fill: how });
      if (outcome.kind !== 'scored') throw new Error(outcome.reason);
      const [original, inpainted] = outcome.scores[0]!.map((one) => one[0]!);
      expect(inpainted).toBeLessThan(original!);
      expect(outcome.holes).toMatchObject({ count: 1, area: 256, clamped: 0 });
      expect(outcome.holes!.seam! > 50).toBe(how === 'blackout');
      expect(await evaluateImage(bytes, fake, plan)).toMatchObject({ reason: 'non-finite-output' });
    },
  );

  it('counts how much of a fill was held back', async () => {
    expect(await evaluated(true, { box: onMarker, fill: 0.3 })).toMatchObject({ holes: { clamped: 0 } });
    expect(await evaluated(true, { box: onMarker, fill: 9 })).toMatchObject({ holes: { clamped: 256 } });
    expect(await evaluated(false)).not.toHaveProperty('holes');
  });

  it('does not inpaint what is too large to be a marker, but counts the film for review', async () => {
    const outcome = await evaluated(true, { box: [0, 0, 16, 16] });
    expect(outcome).toMatchObject({ inert: { inpainted: true }, markers: { left: 1, needsReview: true } });
  });

  it.each([
    ['all of the marker', 8, 0.2, true],
    ['two of its eight columns', 14, 0.2, true],
    ['two of its eight columns, which the protocol allows', 14, 0.3, false],
    ['none of it', 40, 0.2, false],
  ])(
    'leaves a marker to a person where the lesion covers %s',
    async (_, from, maxTruthShare, needsReview) => {
      [box, fill, score, asked] = [onMarker, 0.3, (seen) => mean(seen), []];
      const maskPolicy = MaskPolicy.parse({ version: 2, scoreThreshold: null, maxTruthShare });
      const truth = new Uint8Array(SIDE * SIDE).map((_value, i) => (i % SIDE >= from ? 255 : 0));
      const mask = await sharp(truth, { raw: { width: SIDE, height: SIDE, channels: 1 } })
        .toColourspace('b-w')
        .png()
        .toBuffer();
      const bytes = writeDicom({ image: film(true), meta: { uidSeed: 'a', patientId: 'p' } });
      const outcome = await evaluateImage(bytes, fake, { ...plan, maskPolicy }, { seenBy: [0], mask });
      expect(outcome).toMatchObject({
        kind: 'scored',
        inert: { inpainted: needsReview },
        markers: { left: 1, needsReview },
      });
    },
  );

  it.each([
    ['an inpainter', { box: onMarker, fill: NaN }],
    ['a detector', { box: [NaN, 0, 8, 8] }],
    ['a classifier', { box: onMarker, score: (seen: Float32Array) => (mean(seen) > 0.32 ? Infinity : 0) }],
  ])('skips a film on which %s returns no finite number', async (_, change) => {
    expect(await evaluated(true, change)).toEqual({ kind: 'skipped', reason: 'non-finite-output' });
  });

  it('skips what it cannot read, with the reason', async () => {
    const bytes = writeDicom({ image: film(true), meta: { uidSeed: 'a', patientId: 'p' } });
    expect(await evaluateImage(bytes.subarray(0, bytes.length - 100), fake, plan)).toEqual({
      kind: 'skipped',
      reason: 'truncated',
    });
    expect(await evaluateImage(new Uint8Array(10), fake, plan)).toEqual({
      kind: 'skipped',
      reason: 'unsupported-syntax',
    });
  });

  describe('with a policy of orientation', () => {
    const evaluateAs = (
      meta: Partial<DicomMeta>,
      orientation: Partial<Record<'inverted' | 'mirrored' | 'rotated', 'flag' | 'exclude' | 'correct'>>,
    ): Promise<ImageOutcome> => {
      box = onMarker;
      fill = 0.3;
      // the grey of the first pixel: 1000 on the left, 1630 on the right of the ramp
      score = (seen) => Math.round(seen[0]! * 4095);
      const policy = { inverted: 'flag', mirrored: 'flag', rotated: 'flag', lateral: 'flag' } as const;
      const bytes = writeDicom({ image: film(true), meta: { uidSeed: 'a', patientId: 'p', ...meta } });
      return evaluateImage(bytes, fake, { ...plan, orientation: { ...policy, ...orientation } });
    };
    const firstScore = (outcome: ImageOutcome): number | undefined =>
      outcome.kind === 'scored' ? outcome.scores[0]![0]![0] : undefined;

    it('flags a mirrored film, and lets it be', async () => {
      const outcome = await evaluateAs({ patientOrientation: ['R', 'F'] }, {});
      expect(outcome.flags).toMatchObject({ faults: ['mirrored'], corrected: false });
      expect(firstScore(outcome)).toBeLessThan(1100);
    });

    it('mirrors it back before any model sees it', async () => {
      const outcome = await evaluateAs({ patientOrientation: ['R', 'F'] }, { mirrored: 'correct' });
      expect(outcome.flags).toMatchObject({ faults: ['mirrored'], corrected: true });
      expect(firstScore(outcome)).toBeGreaterThan(1500);
    });

    it('excludes it with its own reason and its flags', async () => {
      expect(await evaluateAs({ patientOrientation: ['F', 'R'] }, { rotated: 'exclude' })).toMatchObject({
        kind: 'skipped',
        reason: 'orientation-not-allowed',
        flags: { faults: ['rotated'] },
      });
    });

    it('flags a letter on the wrong side, or against Image Laterality, and does no more', async () => {
      const wrong = await evaluateAs({}, { mirrored: 'correct' });
      expect(wrong).toMatchObject({ kind: 'scored', flags: { faults: [], markerDisagrees: true } });
      const right = await evaluateAs({ patientOrientation: ['R', 'F'] }, {});
      expect(right.flags).toMatchObject({ markerDisagrees: false });
      const other = await evaluateAs({ patientOrientation: ['R', 'F'], laterality: 'R' }, {});
      expect(other.flags).toMatchObject({ markerDisagrees: true });
    });
  });

  it('skips a film when a model gives another shape than it should', async () => {
    const odd = { ...fake, detector: { ...fake.detector, runAll: () => Promise.resolve([]) } };
    const bytes = writeDicom({ image: film(true), meta: { uidSeed: 'a', patientId: 'p' } });
    expect(await evaluateImage(bytes, odd, plan)).toEqual({ kind: 'skipped', reason: 'inference-failed' });
  });
});
