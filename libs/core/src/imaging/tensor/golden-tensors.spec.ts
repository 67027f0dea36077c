// The input tensor is the one that the same steps give in Python: Pillow, OpenCV, torch, torchvision. The tensors were
// made by test/golden-tensors/make.py, which also states each tolerance.
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { ImageInput } from '../../contract/index.ts';
import { type GrayImage, grayImage } from '../gray-image.ts';
import { toModelInput } from './model-input.ts';

interface Golden {
  madeWith: Record<string, string>;
  films: Record<string, { width: number; height: number; bits: number; signed: boolean; data: string }>;
  cases: {
    name: string;
    film: string;
    image: { dtype: 'float32' | 'float16' | 'uint8' };
    dims: number[];
    /** in the numbers of the tensor */
    tolerance: number;
    data: string;
  }[];
}

const path = new URL('../../../../../test/golden-tensors/model-inputs.json', import.meta.url);
const golden = JSON.parse(readFileSync(path, 'utf8')) as Golden;

function filmOf(name: string): GrayImage {
  const { width, height, bits, signed, data } = golden.films[name]!;
  const values = new Int16Array(Uint8Array.from(Buffer.from(data, 'base64')).buffer);
  const pixels = signed ? values : Uint16Array.from(values);
  return grayImage(width, height, bits <= 8 ? Uint8Array.from(values) : pixels, bits, signed);
}

function tensorOf(data: string, dtype: Golden['cases'][number]['image']['dtype']): number[] {
  const bytes = Uint8Array.from(Buffer.from(data, 'base64'));
  if (dtype === 'uint8') return [...bytes];
  return dtype === 'float32'
    ? [...new Float32Array(bytes.buffer)]
    : Array.from(new Uint16Array(bytes.buffer), halfToNumber);
}

function halfToNumber(bits: number): number {
  const [exponent, fraction] = [(bits >> 10) & 0x1f, bits & 0x3ff];
  const size = exponent === 0 ? fraction * 2 ** -24 : (1024 + fraction) * 2 ** (exponent - 25);
  return bits & 0x8000 ? -size : size;
}

describe('toModelInput gives the tensors that Python gives', () => {
  it.each(golden.cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const spec = ImageInput.parse({ name: 'image', ...one.image });
    const { data, dims } = toModelInput(filmOf(one.film), spec);
    expect(dims).toEqual(one.dims);
    const expected = tensorOf(one.data, spec.dtype);
    let worst = 0;
    expected.forEach((value, i) => (worst = Math.max(worst, Math.abs(value - data[i]!))));
    // float32 itself: one unit in the last place of the largest value
    const grain = 2 ** -23 * Math.max(...expected.map(Math.abs));
    expect(worst).toBeLessThanOrEqual(one.tolerance + grain);
  });

  it('and would not, under another convention', () => {
    const apart = (name: string, change: object): number => {
      const one = golden.cases.find((other) => other.name === name)!;
      const spec = ImageInput.parse({ name: 'image', ...one.image, ...change });
      const { data } = toModelInput(filmOf(one.film), spec);
      const expected = tensorOf(one.data, spec.dtype);
      return Math.max(...expected.map((value, i) => Math.abs(value - data[i]!))) / (one.tolerance + 1e-6);
    };
    expect(apart('OpenCV cubic, float, reduced', { cubic: -0.5 })).toBeGreaterThan(100);
    expect(apart('OpenCV linear, float, reduced', { antialias: true })).toBeGreaterThan(100);
    expect(apart('torch nearest, reduced', { interpolation: 'nearest' })).toBeGreaterThan(100);
    expect(
      apart('12 bits to 8 by astype(uint8)', {
        intensity: { scale: 'minmax', out: [0, 255], quantise: 'uint8' },
      }),
    ).toBeGreaterThan(100);
    expect(apart('Pillow bilinear, 8 bits', { resizeRounding: 'none' })).toBeGreaterThan(100);
    expect(apart('torchvision: Resize(19), CenterCrop(16)', { shorterSide: 16 })).toBeGreaterThan(100);
  });
});
