import { describe, expect, it } from '@jest/globals';
import { type GrayImage, grayImage } from '@sidemark/core/imaging';
import fc from 'fast-check';
import { DicomRefusal, DICOM_REFUSAL_CODES, readDicom, writeDicom } from './index.ts';
import { requireLayout, storedValues } from './pixel-words.ts';
import { TRANSFER_SYNTAXES } from './transfer-syntax.ts';

const meta = { uidSeed: 'film 1', patientId: 'P-1', sex: 'F', ageYears: 54, viewPosition: 'PA' } as const;

function film(bits: number, signed = false, width = 9, height = 7): GrayImage {
  const low = signed ? -(2 ** (bits - 1)) : 0;
  const values = Array.from({ length: width * height }, (_, i) => low + ((i * 7919) % 2 ** bits));
  const pixels = signed
    ? Int16Array.from(values)
    : bits > 8
      ? Uint16Array.from(values)
      : Uint8Array.from(values);
  return grayImage(width, height, pixels, bits, signed);
}

const good = writeDicom({ image: film(12), meta });

/** The file with one even-length text value swapped for another of the same length. */
function edited(from: string, to: string): Uint8Array {
  const bytes = Buffer.from(good);
  const at = bytes.indexOf(from, 0, 'latin1');
  if (at < 0 || from.length !== to.length) throw new Error(`cannot edit ${from}`);
  bytes.write(to, at, 'latin1');
  return bytes;
}

/** The file with the 16-bit value of one element of group 0028 changed. */
function withNumber(element: number, value: number): Uint8Array {
  const bytes = Buffer.from(good);
  const at = bytes.indexOf(Buffer.from([0x28, 0x00, element & 0xff, element >> 8, 0x55, 0x53]));
  bytes.writeUInt16LE(value, at + 8);
  return bytes;
}

function codeOf(bytes: Uint8Array): string {
  try {
    readDicom(bytes);
  } catch (error) {
    if (error instanceof DicomRefusal) return error.code;
    throw error;
  }
  return 'read';
}

describe('writeDicom and readDicom', () => {
  it('bring back every pixel, at every depth, sign and polarity', () => {
    const photometric = fc.constantFrom('MONOCHROME1', 'MONOCHROME2' as const);
    fc.assert(
      fc.property(fc.constantFrom(8, 10, 12, 16), fc.boolean(), photometric, (bits, signed, stored) => {
        const image = film(bits, signed);
        const read = readDicom(writeDicom({ image, meta: { ...meta, photometric: stored } }));
        expect([...read.pixels]).toEqual([...image.pixels]);
        expect(read).toMatchObject({ width: 9, height: 7, bitsStored: bits, signed, photometric: stored });
        expect(read.inverted).toBe(stored === 'MONOCHROME1');
      }),
    );
  });

  it('keep what the header says', () => {
    expect(readDicom(good)).toMatchObject({
      modality: 'DX',
      bodyPart: 'CHEST',
      viewPosition: 'PA',
      patientOrientation: ['L', 'F'],
      sex: 'F',
      age: '054Y',
      ids: { patientId: 'P-1' },
      rescale: { slope: 1, intercept: 0 },
      overlay: false,
    });
  });

  it('write the same bytes from the same arguments, and other UIDs from another seed', () => {
    expect(Buffer.compare(writeDicom({ image: film(12), meta }), good)).toBe(0);
    const other = readDicom(writeDicom({ image: film(12), meta: { ...meta, uidSeed: 'film 2' } }));
    expect(other.ids.sopInstanceUid).not.toBe(readDicom(good).ids.sopInstanceUid);
    expect(other.ids.sopInstanceUid).toMatch(/^2\.25\.\d{1,39}$/);
  });

  it('show bone white when the slope is negative', () => {
    const negative = edited('1 \x28\x00\x54\x10', '-1\x28\x00\x54\x10');
    const read = readDicom(negative);
    expect(read).toMatchObject({ inverted: true, rescale: { slope: -1 } });
    expect(read.pixels[0]).toBe(4095);
  });
});

describe('readDicom refuses by code', () => {
  it.each([
    ['not-dicom', Buffer.from('<html>not found</html>')],
    ['not-dicom', new Uint8Array(0)],
    ['not-dicom', new Uint8Array(4096)],
    ['unsupported-transfer-syntax', edited('1.2.840.10008.1.2.1\0', '1.2.840.10008.1.2.5\0')],
    ['multi-frame', edited('\x28\0\x53\x10DS\x02\x001 ', '\x28\0\x08\0IS\x02\x002 ')],
    ['unsupported-photometric', edited('MONOCHROME2 ', 'PALETTE COLO')],
    ['bad-geometry', withNumber(0x0010, 0)],
    ['bad-geometry', withNumber(0x0100, 12)],
    ['bad-geometry', withNumber(0x0101, 17)],
    ['bad-geometry', withNumber(0x0102, 3)],
    ['truncated', withNumber(0x0010, 5000)],
    ['truncated', good.subarray(0, good.length - 20)],
    ['constant-image', writeDicom({ image: grayImage(4, 4, new Uint16Array(16).fill(9), 12), meta })],
  ])('%s', (code, bytes) => {
    expect(codeOf(bytes)).toBe(code);
  });

  it('names a remedy with each code', () => {
    for (const code of DICOM_REFUSAL_CODES)
      expect(new DicomRefusal(code, 'x').remedy).toMatch(/^[a-z].{20,}/);
  });

  it('wherever the file was cut', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: good.length - 2 }), (length) => {
        const code = codeOf(good.slice(0, length));
        expect(['truncated', 'not-dicom', 'no-pixel-data', 'unsupported-transfer-syntax']).toContain(code);
      }),
      { numRuns: 300 },
    );
  });

  it('and with nothing but a DicomRefusal, whatever bytes were damaged', () => {
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    fc.assert(
      fc.property(damage, (spots) => {
        const bytes = good.slice();
        for (const [at, value] of spots) bytes[at] = value;
        expect(['read', ...DICOM_REFUSAL_CODES]).toContain(codeOf(bytes));
      }),
      { numRuns: 1000 },
    );
  });
});

describe('storedValues', () => {
  it('shifts down from High Bit, masks the rest and extends the sign', () => {
    const layout = { width: 2, height: 1, bitsAllocated: 16, bitsStored: 12, highBit: 15, signed: true };
    expect([...storedValues(Uint8Array.of(0xf1, 0x7f, 0x0f, 0x80), layout).pixels]).toEqual([2047, -2048]);
    const low = { ...layout, highBit: 11, signed: false };
    expect([...storedValues(Uint8Array.of(0xff, 0xff, 0x01, 0x10), low).pixels]).toEqual([4095, 1]);
    expect(() => requireLayout({ ...layout, highBit: 16 })).toThrow(DicomRefusal);
  });

  it('swaps big endian words, and 8-bit pairs only under OW', () => {
    const { decode } = TRANSFER_SYNTAXES.get('1.2.840.10008.1.2.2')!;
    const bytes = Buffer.of(1, 2, 3, 4);
    expect([...decode(bytes, { bitsAllocated: 16, vr: 'OW' })]).toEqual([2, 1, 4, 3]);
    expect([...decode(bytes, { bitsAllocated: 8, vr: 'OW' })]).toEqual([2, 1, 4, 3]);
    expect([...decode(bytes, { bitsAllocated: 8, vr: 'OB' })]).toEqual([1, 2, 3, 4]);
  });
});
