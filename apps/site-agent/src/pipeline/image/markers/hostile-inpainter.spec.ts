// Whatever an inpainter returns: outside the mask every bit stays, inside is representable, or the refusal is typed.
import { describe, expect, it } from '@jest/globals';
import type { InpainterManifest } from '@sidemark/core/contract';
import { baselineFill, type GrayImage, grayImage, markerMask } from '@sidemark/core/imaging';
import { CONVENTION_NAMES, conventionInpainter } from '@sidemark/phantom';
import fc from 'fast-check';
import type { FloatTensor } from '../../../inference/element-types.ts';
import type { LoadedModel } from '../../../inference/load-model.ts';
import { inpaintHoles } from './inpaint-markers.ts';

const manifests = CONVENTION_NAMES.map((name) => conventionInpainter(name).manifest);

const film = fc
  .record({
    bits: fc.constantFrom(8, 10, 12, 16),
    signed: fc.boolean(),
    width: fc.integer({ min: 24, max: 60 }),
    height: fc.integer({ min: 24, max: 60 }),
    seed: fc.integer({ min: 1, max: 2 ** 31 }),
  })
  .map(({ bits, signed, width, height, seed }): GrayImage => {
    let state = seed;
    const low = signed ? -(2 ** (bits - 1)) : 0;
    const values = Array.from({ length: width * height }, () => {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      return low + (state >>> (32 - bits));
    });
    const pixels = signed
      ? Int16Array.from(values)
      : bits > 8
        ? Uint16Array.from(values)
        : Uint8Array.from(values);
    return grayImage(width, height, pixels, bits, signed);
  });

const markers = fc.array(
  fc.record({
    x: fc.integer({ min: 0, max: 59 }),
    y: fc.integer({ min: 0, max: 59 }),
    side: fc.integer({ min: 1, max: 8 }),
  }),
  { minLength: 1, maxLength: 4 },
);

function maskOf({ width, height }: GrayImage, found: { x: number; y: number; side: number }[]) {
  const detections = found.map(({ x, y, side }) => {
    const [x1, y1] = [x % (width - 1), y % (height - 1)];
    const box = { x1, y1, x2: Math.min(width, x1 + side), y2: Math.min(height, y1 + side) };
    return { box, maskBox: box, score: 1, label: 0 };
  });
  const policy = { scoreThreshold: 0.5, dilateMinPx: 2, dilateFraction: 0.1, maxAreaFraction: 0.5 };
  return markerMask({ width, height }, detections, policy);
}

type Answer = (image: FloatTensor) => FloatTensor;
const filled = (value: (i: number) => number): Answer => {
  return ({ data, dims }) => ({ data: Float32Array.from(data, (_, i) => value(i)), dims });
};
const noise = filled((i) => Math.sin(i * 12.9898) * 43758.5);

/** Ways to be hostile that end in pixels. */
const lies: Record<string, Answer> = {
  noise,
  black: filled(() => 0),
  huge: filled((i) => (i % 2 ? 3e38 : -3e38)),
  tiny: filled(() => 1e-45),
  'the marker itself': (image) => image,
};

/** Ways that end in a refusal. */
const faults: Record<string, Answer> = {
  NaN: filled((i) => (i === 7 ? NaN : 0)),
  infinity: filled(() => Infinity),
  'minus infinity': filled(() => -Infinity),
  'a half size': ({ data, dims }) => ({ data: data.slice(0, data.length / 2), dims }),
  nothing: () => ({ data: new Float32Array(0), dims: [0] }),
  'two channels': ({ dims }) => {
    const [h, w] = [dims[2]!, dims[3]!];
    return { data: new Float32Array(2 * h * w), dims: [1, 2, h, w] };
  },
  'rows for columns': ({ data, dims }) => ({ data, dims: [1, dims[1]!, dims[2]! * 2, dims[3]! / 2] }),
};

function model(manifest: InpainterManifest, answer: Answer): LoadedModel<InpainterManifest> {
  const run = (image: FloatTensor) => Promise.resolve({ inpainted: answer(image) });
  return { manifest, run, runAll: () => Promise.resolve([]) };
}

/** Pixels outside the mask that differ, and pixels that the film's bits cannot hold. */
function damage(before: GrayImage, after: GrayImage, mask: Uint8Array): number {
  let count = 0;
  for (let i = 0; i < mask.length; i++) {
    const value = after.pixels[i]!;
    if (mask[i] === 0 && value !== before.pixels[i]) count++;
    if (value < before.minValue || value > before.maxValue) count++;
  }
  return count;
}

describe('a hostile inpainter', () => {
  it('cannot change a bit outside the mask, of any convention, at any depth, feathered or not', async () => {
    await fc.assert(
      fc.asyncProperty(
        film,
        markers,
        fc.constantFrom(...manifests),
        fc.constantFrom(...Object.keys(lies)),
        fc.constantFrom(0, 3),
        async (image, found, manifest, lie, featherPx) => {
          const marked = maskOf(image, found);
          const before = image.pixels.slice();
          const { image: after } = await inpaintHoles(image, marked, model(manifest, lies[lie]!), featherPx);
          expect(damage(image, after, marked.mask)).toBe(0);
          expect(image.pixels).toEqual(before);
          expect(after.pixels.constructor).toBe(image.pixels.constructor);
        },
      ),
      { numRuns: 200 },
    );
  });

  it.each(Object.entries(faults))('is refused when it returns %s', async (what, answer) => {
    const image = grayImage(
      40,
      40,
      Uint16Array.from({ length: 1600 }, (_, i) => i),
      12,
    );
    const marked = maskOf(image, [{ x: 10, y: 10, side: 5 }]);
    const nchw = manifests.filter(({ input }) => input.image.layout === 'NCHW');
    const nonFinite = ['NaN', 'infinity', 'minus infinity'].includes(what);
    for (const manifest of nchw) {
      await expect(inpaintHoles(image, marked, model(manifest, answer))).rejects.toThrow(
        nonFinite ? expect.objectContaining({ code: 'non-finite' }) : RangeError,
      );
    }
  });

  it('feathers inside the hole only: known pixels stay, the middle is the fill', async () => {
    const image = grayImage(
      40,
      40,
      new Uint16Array(1600).map((_, i) => 1000 + (i % 40)),
      12,
    );
    const marked = maskOf(image, [{ x: 12, y: 12, side: 8 }]);
    const plain = await inpaintHoles(
      image,
      marked,
      model(
        manifests[4]!,
        filled(() => 1),
      ),
    );
    const soft = await inpaintHoles(
      image,
      marked,
      model(
        manifests[4]!,
        filled(() => 1),
      ),
      3,
    );
    const { box } = marked.holes[0]!;
    const at = (one: GrayImage, x: number, y: number): number => one.pixels[y * 40 + x]!;
    const [x, y] = [(box.x1 + box.x2) >> 1, (box.y1 + box.y2) >> 1];
    expect(at(soft.image, x, y)).toBe(at(plain.image, x, y));
    expect(at(soft.image, box.x1, y)).toBeLessThan(at(plain.image, box.x1, y));
    expect(at(soft.image, box.x1 - 1, y)).toBe(at(image, box.x1 - 1, y));
  });
});

describe('fills without a model', () => {
  it.each(['harmonic', 'border-median', 'blackout'] as const)(
    '%s changes no bit outside the mask',
    (fill) => {
      fc.assert(
        fc.property(film, markers, (image, found) => {
          const marked = maskOf(image, found);
          expect(damage(image, baselineFill(image, marked, fill), marked.mask)).toBe(0);
        }),
      );
    },
  );
});
