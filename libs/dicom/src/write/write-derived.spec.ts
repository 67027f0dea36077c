import { describe, expect, it } from '@jest/globals';
import { type GrayImage, grayImage } from '@sidemark/core/imaging';
import fc from 'fast-check';
import { EXPLICIT_LITTLE_ENDIAN } from '../codecs/transfer-syntax.ts';
import { openFile } from '../read/data-set.ts';
import { readDicom } from '../read/read-dicom.ts';
import {
  codeElement,
  concat,
  element,
  type ElementBytes,
  inOrder,
  sequenceElement,
  textElement,
} from './derived/element-bytes.ts';
import { fileMeta } from './derived/file-meta.ts';
import { sourceElements } from './derived/source-elements.ts';
import { type Derivation, DerivationRefusal, storedPixels, writeDerived } from './write-derived.ts';
import { writeDicom } from './write-dicom.ts';

const derivation: Derivation = {
  recipe: 'inpainted a b',
  description: 'side markers inpainted in 1 hole',
  code: { value: '113047', scheme: 'DCM', meaning: 'Pixel by pixel mask' },
  series: 'side markers inpainted',
  software: ['sidemark 0.1.0'],
  nothingBurnedIn: true,
};

function film(bits: number, signed = false): GrayImage {
  const low = signed ? -(2 ** (bits - 1)) : 0;
  const pixels = signed ? new Int16Array(63) : bits > 8 ? new Uint16Array(63) : new Uint8Array(63);
  for (let i = 0; i < pixels.length; i++) pixels[i] = low + ((i * 7919) % 2 ** bits);
  return grayImage(9, 7, pixels, bits, signed);
}

type Photometric = 'MONOCHROME1' | 'MONOCHROME2';

const source = (image: GrayImage, photometric: Photometric = 'MONOCHROME2') =>
  writeDicom({ image, meta: { uidSeed: 'film 1', patientId: 'P-1', photometric } });

/** The file with more elements, which take the place of those it has. */
function withElements(file: Uint8Array, more: readonly ElementBytes[]): Uint8Array {
  const { dataSet, syntax } = openFile(file, 'end');
  const pixels = dataSet.elements['x7fe00010']!;
  const kept = sourceElements(dataSet, { syntax, signed: false }).filter(
    ({ tag }) => !more.some((one) => one.tag === tag),
  );
  const value = dataSet.byteArray.subarray(pixels.dataOffset, pixels.dataOffset + pixels.length);
  const all = [...kept, ...more, element('x7fe00010', 'OW', new Uint8Array(value))];
  return concat([fileMeta('1.2.3', '1.2.4'), ...inOrder(all).map(({ bytes }) => bytes)]);
}

/** The film with some pixels another value, and what was written of it. */
async function derive(
  bytes: Uint8Array,
  changed: readonly [number, number][],
  how: Partial<Derivation> = {},
) {
  const image = await readDicom(bytes);
  const pixels = image.pixels.slice();
  for (const [at, value] of changed) pixels[at] = value;
  const written = await writeDerived({ bytes, image, film: { ...image, pixels } }, { ...derivation, ...how });
  return { image, written, read: await readDicom(written), ...openFile(written, 'end') };
}

const string = async (bytes: Uint8Array, tag: string, how: Partial<Derivation> = {}) =>
  (await derive(bytes, [[3, 9]], how)).dataSet.string(tag);

describe('writeDerived', () => {
  it('keeps every other pixel at every depth, sign and polarity', async () => {
    const changes = fc.array(fc.tuple(fc.nat(62), fc.nat(255)), { maxLength: 8 });
    const photometrics: fc.Arbitrary<Photometric> = fc.constantFrom('MONOCHROME1', 'MONOCHROME2');
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(8, 10, 12, 16),
        fc.boolean(),
        photometrics,
        changes,
        async (bits, signed, photometric, wanted) => {
          const changed = wanted.map(([at, value]): [number, number] => [
            at,
            signed ? (value % 2 ** (bits - 1)) - 2 ** (bits - 1) : value,
          ]);
          const { image, read } = await derive(source(film(bits, signed), photometric), changed);
          const touched = new Set(changed.map(([at]) => at));
          for (const [i, value] of image.stored.samples.entries())
            if (!touched.has(i)) expect(read.stored.samples[i]).toBe(value);
          for (const [at] of changed) expect(read.pixels[at]).toBe(new Map(changed).get(at));
          expect(read).toMatchObject({
            photometric,
            transferSyntax: EXPLICIT_LITTLE_ENDIAN.uid,
            bitsStored: bits,
            highBit: bits - 1,
            signed,
            bitsAllocated: image.bitsAllocated,
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('says what it is, of what, and how it came to be', async () => {
    const { dataSet } = await derive(source(film(12)), [[3, 9]]);
    const item = (tag: string, of = dataSet) => of.elements[tag]!.items!.at(-1)!.dataSet!;
    expect(dataSet.string('x00080008')).toBe('DERIVED\\PRIMARY');
    expect(dataSet.string('x00082111')).toBe('side markers inpainted in 1 hole');
    expect(item('x00089215').string('x00080100')).toBe('113047');
    const from = item('x00082112');
    expect(from.string('x00081155')).toBe((await readDicom(source(film(12)))).ids.sopInstanceUid);
    expect(item('x0040a170', from).string('x00080100')).toBe('121322');
    expect(item('x0018a001').string('x00080070')).toBe('Sidemark');
  });

  it('gives new valid UIDs, the same for the same, others for other pixels or another recipe', async () => {
    const bytes = source(film(12));
    const of = async (changed: [number, number][], how?: Partial<Derivation>) => {
      const { written, dataSet } = await derive(bytes, changed, how);
      return { written, instance: dataSet.string('x00080018')!, series: dataSet.string('x0020000e')! };
    };
    const one = await of([[3, 9]]);
    expect(Buffer.compare(one.written, (await of([[3, 9]])).written)).toBe(0);
    const image = await readDicom(bytes);
    for (const uid of [one.instance, one.series]) {
      expect(uid).toMatch(/^2\.25\.(0|[1-9]\d{0,38})$/);
      expect([image.ids.sopInstanceUid, image.ids.studyInstanceUid]).not.toContain(uid);
    }
    const otherPixels = await of([[3, 10]]);
    expect(otherPixels.instance).not.toBe(one.instance);
    expect(otherPixels.series).toBe(one.series);
    expect((await of([[3, 9]], { recipe: 'clipped a b' })).series).not.toBe(one.series);
  });

  it('moves private elements and text of any character set byte by byte', async () => {
    const name = Uint8Array.from(Buffer.from('M\xfcller^J\xf6rg', 'latin1'));
    const own = [
      textElement('x00080005', 'CS', '\\ISO 2022 IR 87'),
      element('x00100010', 'PN', name),
      element('x00081030', 'LO', Uint8Array.of(0x1b, 0x24, 0x42, 0x3b, 0x33, 0x1b, 0x28, 0x42)),
      textElement('x00290010', 'LO', 'ACME 1.0'),
      element('x00291001', 'UN', Uint8Array.of(1, 2, 3, 255)),
      sequenceElement('x00291002', [[textElement('x00290010', 'LO', 'ACME 1.0')]]),
      textElement('x7fe10010', 'LO', 'ACME 1.0'),
      element('x7fe11001', 'OB', Uint8Array.of(9, 8)),
    ];
    const { dataSet, syntax } = await derive(withElements(source(film(12)), own), [[3, 9]]);
    const written = sourceElements(dataSet, { syntax, signed: false });
    for (const { tag, bytes } of own) expect(written.find((one) => one.tag === tag)?.bytes).toEqual(bytes);
  });

  it('adds to the history of a source that was derived before', async () => {
    const before = [
      textElement('x00080008', 'CS', 'DERIVED\\SECONDARY\\OTHER'),
      textElement('x00082111', 'ST', 'resampled'),
      codeElement('x00089215', { value: '113085', scheme: 'DCM', meaning: 'Spatial resampling' }),
    ];
    const { dataSet } = await derive(withElements(source(film(12)), before), [[3, 9]]);
    expect(dataSet.string('x00080008')).toBe('DERIVED\\SECONDARY\\OTHER');
    expect(dataSet.string('x00082111')).toBe('resampled; side markers inpainted in 1 hole');
    const codes = dataSet.elements['x00089215']!.items!.map((item) => item.dataSet!.string('x00080100'));
    expect(codes).toEqual(['113085', '113047']);
  });

  it('leaves out what was true of the source alone, and corrects the extremes', async () => {
    const stale = [
      sequenceElement('x00880200', [[textElement('x00280004', 'CS', 'MONOCHROME2')]]),
      element('x00280106', 'US', Uint8Array.of(0, 0)),
      element('x00280107', 'US', Uint8Array.of(0xff, 0x0f)),
      textElement('x00080012', 'DA', '20200101'),
      sequenceElement('xfffafffa', []),
    ];
    const pixels = new Uint16Array(63).fill(100);
    pixels[0] = 4095;
    pixels[1] = 7;
    const flat = grayImage(9, 7, pixels, 12);
    const { dataSet } = await derive(withElements(source(flat), stale), [[0, 100]]);
    for (const tag of ['x00880200', 'x00080012', 'xfffafffa'])
      expect(dataSet.elements).not.toHaveProperty(tag);
    expect([dataSet.uint16('x00280106'), dataSet.uint16('x00280107')]).toEqual([7, 100]);
  });

  it('says that nothing is burnt in where that was looked for, and never against a YES', async () => {
    const said = (text: string) => withElements(source(film(12)), [textElement('x00280301', 'CS', text)]);
    const none = withElements(source(film(12)), []);
    expect(await string(none, 'x00280301')).toBe('NO');
    expect(await string(said('YES'), 'x00280301')).toBe('YES');
    expect(await string(said('NO'), 'x00280301', { nothingBurnedIn: false })).toBe('NO');
    expect(await string(said('YES'), 'x00280301', { nothingBurnedIn: false })).toBe('YES');
  });

  it('refuses overlays that lie in the pixel words, and pixels behind a Modality LUT', async () => {
    const overlay = withElements(source(film(12)), [element('x60000010', 'US', Uint8Array.of(7, 0))]);
    await expect(derive(overlay, [[3, 9]])).rejects.toThrow(new DerivationRefusal('overlay-bits'));
    const image = await readDicom(source(film(12)));
    const changed = { ...image, pixels: image.pixels.map((value, i) => (i === 3 ? 9 : value)) };
    const behindTable = { image: { ...image, modalityLut: true }, film: changed };
    expect(() => storedPixels(behindTable)).toThrow(DerivationRefusal);
    expect(storedPixels({ ...behindTable, film: image })).toEqual(image.stored.samples);
  });

  it('refuses a film that the file would not read back to', async () => {
    const bytes = source(film(12));
    const image = await readDicom(bytes);
    const wider = { ...image, pixels: image.pixels.map((value, i) => (i === 3 ? 5000 : value)) };
    await expect(writeDerived({ bytes, image, film: wider }, derivation)).rejects.toThrow(
      new DerivationRefusal('no-way-back'),
    );
  });
});
