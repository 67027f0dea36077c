// Pixel arithmetic is evidence: a faster way to compute it must give the same bits. Digests recorded before tuning.
import { describe, expect, it } from '@jest/globals';
import { createHash } from 'node:crypto';
import { clipToRange, isInert } from './arms.ts';
import { type GrayImage, grayImage, range } from './gray-image.ts';
import { holePatches } from './marker/hole-patch.ts';
import type { IntensitySpec } from './tensor/intensity.ts';
import { markerMask } from './marker/marker-mask.ts';
import { type ModelInputSpec, toModelInput } from './tensor/model-input.ts';
import { pasteHole } from './marker/paste-hole.ts';
import type { Interpolation } from './tensor/resize.ts';

/** Whole numbers of a linear congruential generator: the same on every machine. */
function words(seed: number, count: number): number[] {
  let state = seed;
  return Array.from({ length: count }, () => (state = (Math.imul(state, 1664525) + 1013904223) >>> 0));
}

const film8 = Uint8Array.from(words(1, 97 * 61), (word) => word >>> 24);
const film12 = Uint16Array.from(words(2, 64 * 90), (word) => word >>> 20);
const film14 = Int16Array.from(words(3, 80 * 80), (word) => word >> 18);
const film32 = Int32Array.from(words(4, 33 * 70), (word) => word | 0);
const films: GrayImage[] = [
  grayImage(97, 61, film8, 8),
  grayImage(64, 90, film12, 12),
  grayImage(80, 80, film14, 14, true),
  grayImage(33, 70, film32, 32, true),
];

const scales: IntensitySpec[] = [
  { scale: 'minmax', out: [0, 1] },
  { scale: 'percentile', percentiles: [2.5, 97.5], out: [-1024, 1024] },
  { scale: 'bits-stored', out: [0, 255], quantise: 'uint8' },
  { scale: 'fixed', fixed: [40, 3000], out: [1, -1] },
  { scale: 'fixed', fixed: [7, 7], out: [0.1, 1] },
];

const sizes: ModelInputSpec['size'][] = [
  { h: 24, w: 40 },
  { h: 128, w: 110 },
  { h: 0, w: 0, dynamic: true, multipleOf: 32 },
];

const layouts: Pick<ModelInputSpec, 'channels' | 'layout' | 'normalise' | 'pad'>[] = [
  {
    channels: 1,
    layout: 'NCHW',
    normalise: { order: 'scale-mean-std', scale: 1, mean: [0], std: [1] },
  },
  {
    channels: 3,
    layout: 'NHWC',
    normalise: { order: 'scale-mean-std', scale: 1 / 255, mean: [0.485, 0.456, 0.406], std: [0.229] },
    pad: { value: 114, stage: 'before-normalise' },
  },
  {
    channels: 3,
    layout: 'NCHW',
    normalise: { order: 'scale-mean-std', scale: 1, mean: [0.5], std: [0.3, 0.2, 0.1], perImageZ: true },
    pad: { value: -3, stage: 'after-normalise' },
  },
];

const whole = ['stretch', 'letterbox-center', 'letterbox-topleft'] as const;

/** Every fit x scale x size; films take turns, layouts change after each round of films. */
function inputsDigest(
  interpolation: Interpolation,
  antialias: boolean,
  fits: readonly ModelInputSpec['fit'][] = whole,
): string {
  const hash = createHash('sha256');
  let turn = 0;
  for (const fit of fits)
    for (const intensity of scales)
      for (const size of sizes) {
        const roundSize = fit === 'crop' ? 'round' : 'floor';
        const layout = layouts[(turn >> 2) % layouts.length]!;
        const spec = { size, fit, interpolation, antialias, roundSize, intensity, ...layout } as const;
        const { data, dims, intensity: map } = toModelInput(films[turn++ % films.length]!, spec);
        hash.update(data).update(JSON.stringify([dims, map]));
      }
  return hash.digest('hex');
}

/** One marker inside, two that touch at the left edge, one at the corner. */
const found = [
  [20, 20, 29, 31],
  [0, 40, 8, 47],
  [6, 46, 11, 52],
  [28, 0, 33, 4],
].map(([x1 = 0, y1 = 0, x2 = 0, y2 = 0]) => {
  const box = { x1, y1, x2, y2 };
  return { box, maskBox: box, score: 1, label: 0 };
});
const policy = { scoreThreshold: 0.5, dilateMinPx: 1, dilateFraction: 0.1, maxAreaFraction: 0.3 };

function armsDigest(film: GrayImage, patch: { h: number; w: number }, intensity?: IntensitySpec): string {
  const hash = createHash('sha256');
  const { mask, holes } = markerMask(film, found, policy);
  hash.update(mask).update(JSON.stringify(holes));
  let inpainted = film;
  for (const cut of holePatches(film, mask, holes, { patch, intensity })) {
    const { image, mask: hole, ...rest } = cut;
    hash.update(image).update(hole).update(JSON.stringify(rest));
    const noise = Float32Array.from(words(5, patch.h * patch.w), (word) => word / 2 ** 31 - 0.5);
    const pasted = pasteHole(inpainted, mask, cut, noise);
    inpainted = pasted.image;
    hash.update(inpainted.pixels).update(`${pasted.clamped}`);
  }
  const clipped = clipToRange(film, inpainted);
  const verdict = [range(inpainted.pixels), isInert(film, inpainted), isInert(film, clipped)];
  return hash.update(clipped.pixels).update(JSON.stringify(verdict)).digest('hex');
}

describe('toModelInput gives the bits it always gave', () => {
  it.each([
    ['bilinear', true, '5e6b95f209cb19b44864505d31bb4e4d82d0d162377b5182a6ba3e3f451488c4'],
    ['bilinear', false, '1340ac89e3310ba5f05c440446e023732f9056a12d4b869acd467b692717a94a'],
    ['bicubic', true, '021ffcef9de15c909275e0e9c677241b1a15b79a5e0c82946fa945b442b65572'],
    // since contract 3 the border pixel is repeated, as torch and OpenCV do
    ['bicubic', false, '0ceed1dae5140c254685629dc8ea05cfe6354bd63f44503f2f42a758cedd1227'],
    ['area', false, '06121de990a38142eea5fa7509c3234e284d2665a41a4503ba0c07429c4b8ab9'],
    ['nearest', false, '861bae8057eab4f0705514c17b0e4c3e6104254f6bcc0f7a3c080d8b7407c881'],
  ] as const)('%s, antialias %s: every fit, scale and size', (kind, antialias, sha) => {
    expect(inputsDigest(kind, antialias)).toBe(sha);
  });

  // since contract 3 the odd rest of a crop is halved as torchvision does
  it('crops', () => {
    const kinds = ['bilinear', 'area', 'nearest'] as const;
    const digests = kinds.map((kind) => inputsDigest(kind, kind === 'bilinear', ['crop']));
    expect(createHash('sha256').update(digests.join('')).digest('hex')).toBe(
      'b84b376d5582e6b46c11e192e847d8eb731f4890eaaa9f3e954259154b6b9706',
    );
  });
});

describe('patch, paste and clip give the bits they always gave', () => {
  it.each([
    [8, '16bfdc5ee4c849e10d888efa9e83130313a5dde2da7a9a5d0d435217aca1f135'],
    [12, '6e14f2ab4af33444a5349fad1389519a34f003e7c621f3ca3951de477604bac4'],
    [14, '5d10b3ace4e9beb4674215340d2356942774a24b3946f79210bb90faaf603046'],
    [32, 'af50f0adb5511f843be1fd5d95a7868a9d792b52ce8f58111f1d12fc54789637'],
  ] as const)('%d-bit film, reduced, enlarged and fixed patches', (bits, sha) => {
    const film = films.find((one) => one.bitsStored === bits)!;
    const digests = [
      armsDigest(film, { h: 8, w: 12 }),
      armsDigest(film, { h: 40, w: 40 }),
      armsDigest(film, { h: 20, w: 20 }, { scale: 'fixed', fixed: [10, 200], out: [-1, 1] }),
    ];
    expect(createHash('sha256').update(digests.join('')).digest('hex')).toBe(sha);
  });
});
