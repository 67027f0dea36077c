import { describe, expect, it } from '@jest/globals';
import { type GrayImage, grayImage } from '@sidemark/core/imaging';
import fc from 'fast-check';
import { DICOM_REFUSAL_CODES, DicomRefusal, readDicom, readHeader, writeDicom } from '../index.ts';

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

async function codeOf(bytes: Uint8Array): Promise<string> {
  try {
    await readDicom(bytes);
  } catch (error) {
    if (error instanceof DicomRefusal) return error.code;
    throw error;
  }
  return 'read';
}

describe('writeDicom and readDicom', () => {
  it('bring back every pixel, at every depth, sign and polarity', async () => {
    const photometric = fc.constantFrom('MONOCHROME1', 'MONOCHROME2' as const);
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(8, 10, 12, 16),
        fc.boolean(),
        photometric,
        async (bits, signed, stored) => {
          const image = film(bits, signed);
          const read = await readDicom(writeDicom({ image, meta: { ...meta, photometric: stored } }));
          expect([...read.pixels]).toEqual([...image.pixels]);
          expect(read).toMatchObject({ width: 9, height: 7, bitsStored: bits, signed, photometric: stored });
          expect(read.inverted).toBe(stored === 'MONOCHROME1');
        },
      ),
    );
  });

  it('keep what the header says', async () => {
    const { rows, columns, manufacturer } = readHeader(good);
    expect({ rows, columns, manufacturer }).toEqual({
      rows: 7,
      columns: 9,
      manufacturer: 'Sidemark phantom',
    });
    expect(await readDicom(good)).toMatchObject({
      ...readHeader(good),
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

  it('write the same bytes from the same arguments, and other UIDs from another seed', async () => {
    expect(Buffer.compare(writeDicom({ image: film(12), meta }), good)).toBe(0);
    const other = await readDicom(writeDicom({ image: film(12), meta: { ...meta, uidSeed: 'film 2' } }));
    expect(other.ids.sopInstanceUid).not.toBe(readHeader(good).ids.sopInstanceUid);
    expect(other.ids.sopInstanceUid).toMatch(/^2\.25\.\d{1,39}$/);
  });

  it('show bone white when the slope is negative', async () => {
    const negative = edited('1 \x28\x00\x54\x10', '-1\x28\x00\x54\x10');
    const read = await readDicom(negative);
    expect(read).toMatchObject({ inverted: true, rescale: { slope: -1 } });
    expect(read.pixels[0]).toBe(4095);
  });
});

describe('readDicom refuses by code', () => {
  it.each([
    ['not-dicom', Buffer.from('<html>not found</html>')],
    ['not-dicom', new Uint8Array(0)],
    ['not-dicom', new Uint8Array(4096)],
    ['unsupported-transfer-syntax', edited('1.2.840.10008.1.2.1\0', '1.2.840.10008.1.2.7\0')],
    ['multi-frame', edited('\x28\0\x53\x10DS\x02\x001 ', '\x28\0\x08\0IS\x02\x002 ')],
    ['unsupported-photometric', edited('MONOCHROME2 ', 'PALETTE COLO')],
    ['bad-geometry', withNumber(0x0010, 0)],
    ['bad-geometry', withNumber(0x0100, 12)],
    ['decode-failed', edited('1.2.840.10008.1.2.1\0', '1.2.840.10008.1.2.5\0')],
    ['bad-geometry', withNumber(0x0101, 17)],
    ['bad-geometry', withNumber(0x0102, 3)],
    ['truncated', withNumber(0x0010, 5000)],
    ['truncated', good.subarray(0, good.length - 20)],
    ['constant-image', writeDicom({ image: grayImage(4, 4, new Uint16Array(16).fill(9), 12), meta })],
  ])('%s', async (code, bytes) => {
    expect(await codeOf(bytes)).toBe(code);
  });

  it('names a remedy with each code', () => {
    for (const code of DICOM_REFUSAL_CODES)
      expect(new DicomRefusal(code, 'x').remedy).toMatch(/^[a-z].{20,}/);
  });

  it('wherever the file was cut', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: good.length - 2 }), async (length) => {
        const code = await codeOf(good.slice(0, length));
        expect(['truncated', 'not-dicom', 'no-pixel-data', 'unsupported-transfer-syntax']).toContain(code);
      }),
      { numRuns: 300 },
    );
  });

  it('and with nothing but a DicomRefusal, whatever bytes were damaged', async () => {
    const damage = fc.array(fc.tuple(fc.nat(good.length - 1), fc.nat(255)), { minLength: 1, maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(damage, async (spots) => {
        const bytes = good.slice();
        for (const [at, value] of spots) bytes[at] = value;
        expect(['read', ...DICOM_REFUSAL_CODES]).toContain(await codeOf(bytes));
      }),
      { numRuns: 1000 },
    );
  });
});
