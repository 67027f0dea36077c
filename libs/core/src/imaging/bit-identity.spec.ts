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

/** Every fit x scale x size; films take turns, layouts change after each round of films. */
function inputsDigest(interpolation: Interpolation, antialias: boolean): string {
  const hash = createHash('sha256');
  let turn = 0;
  for (const fit of ['stretch', 'letterbox-center', 'letterbox-topleft', 'crop'] as const)
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
    ['bilinear', true, 'f43338ddb785ab08f4ef6f18df6235b69c74d7614de06dc5730b047ed2e0991f'],
    ['bilinear', false, '48e144019ecf6cce4da78ceffc7cb9122768d40a8d9f706a557410730a60e1f3'],
    ['bicubic', true, '75fdfe45638fe70a4995b2c661ce39c44ca550972980ede9eddd4e433ea67b79'],
    ['bicubic', false, '7fe90ecae849a386c7fffe00bc2ff840e6f7a974f43bd4180238a55c78572baa'],
    ['area', false, '39412f5cfd864397db34a52310a33e35d83bf24ff39b41484aec61a325f78bdd'],
    ['nearest', false, '5f31e9ad8bb7d12959af55fe85dc174723ff57cbcbcb130a9644be56c45dbe25'],
  ] as const)('%s, antialias %s: every fit, scale and size', (kind, antialias, sha) => {
    expect(inputsDigest(kind, antialias)).toBe(sha);
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
