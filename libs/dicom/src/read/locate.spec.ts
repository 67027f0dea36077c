import { describe, expect, it } from '@jest/globals';
import { looksLikeDicom, readDicom } from '../index.ts';
import { dicomFile, plainFilm } from '../test-support/dicom-file.ts';

const IMPLICIT = '1.2.840.10008.1.2';
const code = (bytes: Uint8Array): Promise<string> =>
  readDicom(bytes).then(
    () => 'read',
    (refusal: { code: string }) => refusal.code,
  );

describe('a file that lacks what Part 10 demands', () => {
  const heads = ['part10', 'no-preamble', 'meta-only', 'without-syntax', 'none'] as const;
  it.each(heads.flatMap((head) => [true, false].map((explicit) => ({ head, explicit }))))(
    'is read where it leaves no doubt: %j',
    async ({ head, explicit }) => {
      const file = dicomFile(plainFilm, { head, explicit, ...(explicit ? {} : { syntax: IMPLICIT }) });
      expect(looksLikeDicom(file)).toBe(true);
      const { pixels, transferSyntax } = await readDicom(file);
      expect([...pixels]).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500]);
      expect(transferSyntax).toBe(explicit ? `${IMPLICIT}.1` : IMPLICIT);
    },
  );

  it('is found to be big endian', async () => {
    const swapped = dicomFile(plainFilm, { head: 'none' });
    // every tag, length and word of it, but not the letters
    let at = 0;
    while (at < swapped.length) {
      const vr = swapped.toString('latin1', at + 4, at + 6);
      const long = vr === 'OW';
      const length = long ? swapped.readUInt32LE(at + 8) : swapped.readUInt16LE(at + 6);
      swapped.subarray(at, at + 4).swap16();
      if (long) swapped.subarray(at + 8, at + 12).swap32();
      else swapped.subarray(at + 6, at + 8).swap16();
      const body = swapped.subarray(at + (long ? 12 : 8), at + (long ? 12 : 8) + length);
      if (long || vr === 'US') body.swap16();
      at += (long ? 12 : 8) + length;
    }
    const { pixels, transferSyntax } = await readDicom(swapped);
    expect([...pixels]).toEqual([0, 500, 1000, 1500, 2000, 2500, 3000, 3500]);
    expect(transferSyntax).toBe(`${IMPLICIT}.2`);
  });

  it('is refused where its compressed frame could be anything', async () => {
    const fragments = [Uint8Array.of(0xff, 0xd8, 0xff, 0xd9)];
    expect(await code(dicomFile(plainFilm, { head: 'none', fragments }))).toBe('decode-failed');
  });

  it.each([
    ['a web page', Buffer.from('<html><body>not found</body></html>')],
    ['a PNG', Buffer.from('89504e470d0a1a0a0000000d49484452000000080000000808', 'hex')],
    ['zeros', Buffer.alloc(5000)],
    ['one element', Buffer.from([8, 0, 0, 0, 4, 0, 0, 0])],
    [
      'elements out of order',
      Buffer.concat([dicomFile(plainFilm, { head: 'none' }).subarray(30), Buffer.alloc(99)]),
    ],
  ])('is not DICOM: %s', async (_, bytes) => {
    expect(looksLikeDicom(bytes)).toBe(false);
    expect(await code(bytes)).toBe('not-dicom');
  });
});
