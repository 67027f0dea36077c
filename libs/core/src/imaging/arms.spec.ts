// What the method rests on, at every bit depth: outside the mask nothing changes, whatever the inpainter returns.
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { clipToRange, isInert } from './arms.ts';
import { type GrayImage, grayImage, invertPolarity, range } from './gray-image.ts';
import { harmonicFill } from './marker/harmonic-fill.ts';
import { holePatches } from './marker/hole-patch.ts';
import { scaleIntensity } from './tensor/intensity.ts';
import { markerMask } from './marker/marker-mask.ts';
import { pasteHole } from './marker/paste-hole.ts';

const policy = { scoreThreshold: 0.5, dilateMinPx: 1, dilateFraction: 0.1, maxAreaFraction: 0.3 };

const film = fc
  .record({
    bits: fc.constantFrom(8, 10, 12, 16),
    signed: fc.boolean(),
    width: fc.integer({ min: 12, max: 40 }),
    height: fc.integer({ min: 12, max: 40 }),
    seed: fc.integer({ min: 1, max: 1e6 }),
  })
  .map(({ bits, signed, width, height, seed }): GrayImage => {
    const low = signed ? -(2 ** (bits - 1)) : 0;
    const values = Array.from({ length: width * height }, (_, i) => {
      const noise = Math.abs(Math.sin(i * 78.233 + seed) * 43758.5453) % 1;
      return low + Math.floor(noise * 2 ** bits);
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
    x: fc.integer({ min: 0, max: 39 }),
    y: fc.integer({ min: 0, max: 39 }),
    side: fc.integer({ min: 1, max: 5 }),
  }),
  { maxLength: 4 },
);

/** Values an inpainter might return, tame and wild. */
const outputs = fc.oneof(
  fc.double({ min: -1e9, max: 1e9, noNaN: true }),
  fc.double({ min: 0, max: 1, noNaN: true }),
);

function maskOf(image: GrayImage, found: { x: number; y: number; side: number }[]) {
  const detections = found
    .filter(({ x, y }) => x < image.width && y < image.height)
    .map(({ x, y, side }) => {
      const box = { x1: x, y1: y, x2: Math.min(image.width, x + side), y2: Math.min(image.height, y + side) };
      return { box, maskBox: box, score: 1, label: 0 };
    });
  return markerMask(image, detections, policy);
}

/** Pixels outside the mask that differ. */
function changed(before: GrayImage, after: GrayImage, mask: Uint8Array): number {
  return mask.filter((hole, i) => hole === 0 && before.pixels[i] !== after.pixels[i]).length;
}

function inpaint(image: GrayImage, { mask, holes }: ReturnType<typeof maskOf>, value: number): GrayImage {
  const patches = holePatches(image, mask, holes, { patch: { h: 8, w: 8 } });
  return patches.reduce((current, patch) => {
    const output = patch.image.map((known, i) => (i % 3 === 0 ? known : value));
    return pasteHole(current, mask, patch, output).image;
  }, image);
}

describe('the three arms', () => {
  it('leaves every pixel outside the mask bit-identical, and those inside representable', () => {
    fc.assert(
      fc.property(film, markers, outputs, (image, found, value) => {
        const marked = maskOf(image, found);
        const inpainted = inpaint(image, marked, value);
        expect(changed(image, inpainted, marked.mask)).toBe(0);
        const { min, max } = range(inpainted.pixels);
        expect(min >= image.minValue && max <= image.maxValue).toBe(true);
      }),
    );
  });

  it('is inert without a marker', () => {
    fc.assert(
      fc.property(film, outputs, (image, value) => {
        const inpainted = inpaint(image, maskOf(image, []), value);
        expect(inpainted).toBe(image);
        expect(isInert(image, clipToRange(image, inpainted))).toBe(true);
      }),
    );
  });

  it('refuses NaN and infinities by code', () => {
    fc.assert(
      fc.property(film, fc.constantFrom(NaN, Infinity, -Infinity), (image, value) => {
        const marked = maskOf(image, [{ x: 2, y: 2, side: 3 }]);
        expect(() => inpaint(image, marked, value)).toThrow(expect.objectContaining({ code: 'non-finite' }));
      }),
    );
  });

  it('clips only what lies outside the range of the inpainted film', () => {
    fc.assert(
      fc.property(film, markers, outputs, (image, found, value) => {
        const inpainted = inpaint(image, maskOf(image, found), value);
        const clipped = clipToRange(image, inpainted);
        const { min, max } = range(inpainted.pixels);
        const wrong = image.pixels.filter((pixel: number, i: number) => {
          const outside = pixel > max || pixel < min;
          return (clipped.pixels[i] !== pixel) !== outside;
        });
        expect(wrong.length).toBe(0);
      }),
    );
  });

  it('gives the clipped and the inpainted film the same anatomy under min-max scaling', () => {
    fc.assert(
      fc.property(film, markers, (image, found) => {
        const { mask, holes } = maskOf(image, found);
        const inpainted = inpaint(image, { mask, holes, rejected: 0 }, 0.5);
        const clipped = clipToRange(image, inpainted);
        // outside the hole both hold the original pixel, and both span the same range if the marker was clipped
        const scaledC = scaleIntensity(clipped.pixels, {
          scale: 'fixed',
          fixed: ends(inpainted),
          out: [0, 1],
        });
        const scaledI = scaleIntensity(inpainted.pixels, { scale: 'minmax', out: [0, 1] });
        expect(mask.some((hole, i) => hole === 0 && scaledC.data[i] !== scaledI.data[i])).toBe(false);
        const { min, max } = range(clipped.pixels);
        expect(min >= ends(inpainted)[0] && max <= ends(inpainted)[1]).toBe(true);
      }),
    );
  });

  it('spans the same range in the clipped arm when the marker was the brightest thing', () => {
    const image = grayImage(
      40,
      40,
      Uint16Array.from({ length: 1600 }, (_, i) => 100 + ((i * 37) % 900)),
      12,
    );
    for (let y = 5; y < 9; y++) image.pixels.fill(4095, y * 40 + 5, y * 40 + 9);
    const inpainted = inpaint(image, maskOf(image, [{ x: 5, y: 5, side: 4 }]), 0.5);
    expect(range(clipToRange(image, inpainted).pixels)).toEqual(range(inpainted.pixels));
    expect(range(inpainted.pixels).max).toBeLessThan(1100);
  });
});

function ends(image: GrayImage): [number, number] {
  const { min, max } = range(image.pixels);
  return [min, max];
}

describe('copies', () => {
  it('leave the pixels of a node Buffer alone', () => {
    const image = grayImage(2, 1, Buffer.of(3, 200), 8);
    expect([...clipToRange(image, grayImage(2, 1, Uint8Array.of(3, 9), 8)).pixels]).toEqual([3, 9]);
    expect([...invertPolarity(image).pixels]).toEqual([252, 55]);
    expect([...image.pixels]).toEqual([3, 200]);
  });
});

describe('holePatches', () => {
  it('never shows the marker to the inpainter, and reaches beyond the film by mirroring', () => {
    const image = grayImage(64, 64, new Uint16Array(4096).fill(1000), 12);
    for (let y = 0; y < 10; y++) image.pixels.fill(4095, y * 64, y * 64 + 30);
    const { mask, holes } = maskOf(image, [{ x: 0, y: 0, side: 30 }]);
    const [patch] = holePatches(image, mask, holes, { patch: { h: 32, w: 32 } });
    expect(patch?.side).toBe(66);
    expect(patch?.x0).toBeLessThan(0);
    expect(patch?.intensity).toMatchObject({ lo: 1000, hi: 1000, flat: true });
    expect(patch?.image.every((value) => value === 0)).toBe(true);
  });

  it('returns an untouched patch exactly when the model size is the native size', () => {
    const image = grayImage(
      50,
      50,
      Uint16Array.from({ length: 2500 }, (_, i) => i),
      12,
    );
    const { mask, holes } = maskOf(image, [{ x: 20, y: 20, side: 6 }]);
    const [patch] = holePatches(image, mask, holes, {
      patch: { h: 24, w: 24 },
      intensity: { scale: 'bits-stored', out: [0, 4095] },
    });
    const middle = patch!.image[0];
    expect(middle).toBe(image.pixels[patch!.y0 * 50 + patch!.x0]);
    const truth = Float32Array.from(
      { length: 576 },
      (_, i) => (patch!.y0 + Math.floor(i / 24)) * 50 + patch!.x0 + (i % 24),
    );
    const { image: filled, clamped } = pasteHole(image, mask, patch!, truth);
    expect(clamped).toBe(0);
    expect(isInert(filled, image)).toBe(true);
  });
});

describe('holePatches for a dynamic model', () => {
  const size = { h: 8, w: 8, dynamic: true, multipleOf: 8 };
  const image = grayImage(
    600,
    600,
    Uint16Array.from({ length: 360_000 }, (_, i) => (i * 7919) % 4096),
    12,
  );
  const cutAround = (side: number): ReturnType<typeof holePatches>[number] => {
    const { mask, holes } = maskOf(image, [{ x: 200, y: 200, side }]);
    return holePatches(image, mask, holes, { patch: size })[0]!;
  };

  it('shows it native pixels, as many as the next multiple holds', () => {
    const patch = cutAround(10);
    const { box } = patch.hole;
    expect(patch).toMatchObject({ side: 24, h: 24, w: 24 });
    expect(patch.image).toHaveLength(576);
    const known = patch.image[0]!;
    const native = image.pixels[patch.y0 * 600 + patch.x0]!;
    const { lo, hi } = patch.intensity;
    expect(known).toBeCloseTo((native - lo) / (hi - lo), 6);
    expect(box.x2 - box.x1).toBe(12);
  });

  it('scales a patch beyond 256 px down to them', () => {
    expect(cutAround(150)).toMatchObject({ side: 360, h: 256, w: 256 });
  });
});

describe('harmonicFill', () => {
  it('continues a ramp and leaves the rest bit-identical', () => {
    const ramp = grayImage(
      60,
      60,
      Uint16Array.from({ length: 3600 }, (_, i) => 40 * (i % 60)),
      12,
    );
    const { mask } = maskOf(ramp, [{ x: 20, y: 20, side: 12 }]);
    const marked = {
      ...ramp,
      pixels: ramp.pixels.map((value: number, i: number) => (mask[i] ? 4095 : value)),
    };
    const filled = harmonicFill(marked, mask);
    expect(changed(ramp, filled, mask)).toBe(0);
    const errors = Float64Array.from(filled.pixels, (value, i) => Math.abs(value - ramp.pixels[i]!));
    expect(range(errors).max).toBeLessThan(30);
  });

  it('returns the film itself when nothing is masked', () => {
    const image = grayImage(4, 4, new Uint8Array(16), 8);
    expect(harmonicFill(image, new Uint8Array(16))).toBe(image);
    expect(() => harmonicFill(image, new Uint8Array(16).fill(1))).toThrow(RangeError);
  });
});

describe('invertPolarity', () => {
  it('is its own inverse and keeps every value representable', () => {
    fc.assert(
      fc.property(film, (image) => {
        const inverted = invertPolarity(image);
        const { min, max } = range(inverted.pixels);
        expect(min >= image.minValue && max <= image.maxValue).toBe(true);
        expect(isInert(invertPolarity(inverted), image)).toBe(true);
      }),
    );
  });
});
