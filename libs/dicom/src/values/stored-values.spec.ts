import { describe, expect, it } from '@jest/globals';
import { bigEndian } from '../codecs/native.ts';
import { DicomRefusal } from '../refusal.ts';
import { type PixelLayout, requireLayout } from './pixel-layout.ts';
import { storedBytes, storedValues } from './stored-values.ts';

const layout: PixelLayout = {
  width: 2,
  height: 1,
  samplesPerPixel: 1,
  planar: false,
  halfChroma: false,
  bitsAllocated: 16,
  bitsStored: 12,
  highBit: 15,
  signed: true,
};

const words = (...bytes: number[]) => ({
  bytes: Uint8Array.from(bytes),
  bytesPerSample: 2 as const,
  planar: false,
});

describe('storedValues', () => {
  it('shifts down from High Bit, masks the rest and extends the sign', () => {
    expect([...storedValues(words(0xf1, 0x7f, 0x0f, 0x80), layout, false).samples]).toEqual([2047, -2048]);
    const low = { ...layout, highBit: 11, signed: false };
    expect([...storedValues(words(0xff, 0xff, 0x01, 0x10), low, false).samples]).toEqual([4095, 1]);
    expect(() => requireLayout({ ...layout, highBit: 16 })).toThrow(DicomRefusal);
  });

  it('takes the sign of the data set where the codestream has none', () => {
    const frame = { ...words(0xff, 0x0f, 0x01, 0x00), precision: 12 };
    expect([...storedValues(frame, { ...layout, highBit: 11 }, false).samples]).toEqual([-1, 1]);
  });

  it('clips what a lossy decoder overshoots, and masks what a lossless one carries above Bits Stored', () => {
    const frame = { ...words(0x05, 0x04, 0x01, 0x00), precision: 12 };
    const ten = { ...layout, bitsStored: 10, highBit: 9, signed: false };
    expect([...storedValues(frame, ten, true).samples]).toEqual([1023, 1]);
    expect([...storedValues(frame, ten, false).samples]).toEqual([5, 1]);
  });

  it('brings planes together pixel by pixel', () => {
    const colour = {
      ...layout,
      samplesPerPixel: 3,
      bitsAllocated: 8,
      bitsStored: 8,
      highBit: 7,
      signed: false,
    };
    const frame = { bytes: Uint8Array.of(1, 2, 11, 12, 21, 22), bytesPerSample: 1 as const, planar: true };
    expect([...storedValues(frame, colour, false).samples]).toEqual([1, 11, 21, 2, 12, 22]);
  });

  it('refuses fewer bytes than the data set says', () => {
    expect(() => storedValues(words(1, 2, 3), layout, false)).toThrow(/truncated/);
  });
});

describe('storedBytes', () => {
  it('writes 16-bit little endian, two’s complement, or single bytes where 8 are allocated', () => {
    const stored = { samples: Int16Array.of(-2, 258), samplesPerPixel: 1, bitsStored: 16, signed: true };
    expect([...storedBytes({ ...stored, bitsAllocated: 16 })]).toEqual([0xfe, 0xff, 2, 1]);
    expect([...storedBytes({ ...stored, samples: Int16Array.of(-2, 7), bitsAllocated: 8 })]).toEqual([
      0xfe, 7,
    ]);
  });
});

describe('big endian', () => {
  it.each([
    [16, 'OW', [2, 1, 4, 3]],
    [8, 'OW', [2, 1, 4, 3]],
    [8, 'OB', [1, 2, 3, 4]],
  ])('%i bits, %s', async (bitsAllocated, vr, bytes) => {
    const frame = await bigEndian({ bytes: Buffer.of(1, 2, 3, 4), vr, layout: { ...layout, bitsAllocated } });
    expect([...frame.bytes]).toEqual(bytes);
  });
});
