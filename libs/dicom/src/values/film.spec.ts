import { describe, expect, it } from '@jest/globals';
import { displayed, modalityValues, readDicom } from '../index.ts';
import { type Attributes, dicomFile, plainFilm } from '../test-support/dicom-file.ts';

const read = (attributes: Attributes) => readDicom(dicomFile({ ...plainFilm, ...attributes }));
const code = (attributes: Attributes): Promise<unknown> =>
  read(attributes).then(
    () => 'read',
    (refusal: { code: string }) => refusal.code,
  );
const words = (...values: number[]): Uint8Array => new Uint8Array(Uint16Array.from(values).buffer);
const table = (first: number, bits: number, entries: Uint8Array, count: number): Attributes => ({
  '00283002': [count, first, bits],
  '00283006': entries,
});
const byte = { '00280100': [8], '00280101': [8], '00280102': [7] };

describe('polarity', () => {
  const shape = (name: string): Attributes => ({ '20500020': name });
  const slope = { '00281052': '100', '00281053': '-1' };
  it.each([
    ['MONOCHROME2', {}, false],
    ['MONOCHROME1', {}, true],
    ['MONOCHROME2 that says INVERSE', shape('INVERSE'), true],
    ['MONOCHROME1 that says INVERSE, which is the same thing once more', shape('INVERSE'), true],
    ['MONOCHROME2 with a falling rescale', slope, true],
    ['MONOCHROME1 with a falling rescale', slope, false],
  ])('%s', async (name, more, inverted) => {
    const film = await read({ '00280004': name.slice(0, 11), ...more });
    expect(film.inverted).toBe(inverted);
    expect(film.pixels[0]).toBe(inverted ? 4095 : 0);
    expect([...film.stored.samples].slice(0, 2)).toEqual([0, 500]);
    const shown = displayed(film);
    expect(shown[0]! < shown[7]!).toBe(film.pixels[0]! < film.pixels[7]!);
  });
});

describe('modality values', () => {
  it('are rescaled on demand; the film keeps whole numbers', async () => {
    const film = await read({ '00281052': '-1024', '00281053': '0.5' });
    expect([...modalityValues(film)].slice(0, 3)).toEqual([-1024, -774, -524]);
    expect([...film.pixels].slice(0, 3)).toEqual([0, 500, 1000]);
  });

  it('go through a Modality LUT, whose bits are those it uses', async () => {
    const entries = words(7, 9, 11, 900);
    const film = await read({ '00283000': [table(499, 16, entries, 4)] });
    expect([...film.pixels]).toEqual([7, 9, 900, 900, 900, 900, 900, 900]);
    expect(film).toMatchObject({ modalityLut: true, bitsStored: 10, maxValue: 1023 });
    expect([...modalityValues(film)]).toEqual([...film.pixels]);
    expect(film.stored.samples[1]).toBe(500);
  });

  it.each([
    ['too short', table(0, 16, words(1, 2), 3)],
    ['of no bits', table(0, 0, words(1, 2), 2)],
    ['without data', { '00283002': [2, 0, 16] }],
  ])('are refused with a LUT %s', async (_, item) => {
    expect(await code({ '00283000': [item] })).toBe('bad-lookup-table');
    expect(await code({ '00283000': [] })).toBe('bad-lookup-table');
  });
});

describe('padding', () => {
  it('becomes black and is counted, whatever the polarity', async () => {
    const padding = { '00280120': [0] };
    expect(await read(padding)).toMatchObject({ padded: 1, padding: { from: 0, to: 0 } });
    expect([...(await read(padding)).pixels].slice(0, 2)).toEqual([500, 500]);
    const negative = await read({ ...padding, '00280004': 'MONOCHROME1' });
    expect([...negative.pixels].slice(0, 2)).toEqual([4095 - 3500, 4095 - 500]);
    expect(negative.stored.samples[0]).toBe(0);
  });

  it('reaches to its range limit, in either order', async () => {
    for (const [value, limit] of [
      [0, 1000],
      [1000, 0],
    ] as const) {
      const film = await read({ '00280120': [value], '00280121': [limit] });
      expect(film.padded).toBe(3);
      expect([...film.pixels].slice(0, 4)).toEqual([1500, 1500, 1500, 1500]);
    }
  });

  it('leaves nothing: a film of padding and one other value is constant', async () => {
    const two = { '7fe00010': words(0, 9, 9, 0, 9, 9, 9, 9), '00280120': [0] };
    expect(await code(two)).toBe('constant-image');
    expect(await code({ ...two, '00280120': [1] })).toBe('read');
  });
});

describe('colours', () => {
  const rgb = { ...byte, '00280002': [3], '00280006': [0], '00280004': 'RGB' };
  const samples = Uint8Array.from({ length: 24 }, (_, i) => (i < 3 ? 77 : (i * 10) % 251));

  it('become luma, equal channels stay, and the film says so', async () => {
    const film = await read({ ...rgb, '7fe00010': samples });
    expect(film).toMatchObject({ source: 'colour', bitsStored: 8, inverted: false });
    const [r, g, b] = [samples[3]!, samples[4]!, samples[5]!];
    expect([...film.pixels].slice(0, 2)).toEqual([77, Math.round(0.299 * r + 0.587 * g + 0.114 * b)]);
    expect(film.stored.samples).toHaveLength(24);
  });

  it('are brought together from planes', async () => {
    const planes = Uint8Array.from({ length: 24 }, (_, i) => samples[(i % 8) * 3 + Math.floor(i / 8)]!);
    const apart = await read({ ...rgb, '00280006': [1], '7fe00010': planes });
    expect([...apart.pixels]).toEqual([...(await read({ ...rgb, '7fe00010': samples })).pixels]);
  });

  it('of YBR_FULL have their luma in the first channel', async () => {
    const film = await read({ ...rgb, '00280004': 'YBR_FULL', '7fe00010': samples });
    expect([...film.pixels].slice(0, 3)).toEqual([77, samples[3], samples[6]]);
  });

  it('of YBR_FULL_422 share chroma between two pixels when uncompressed', async () => {
    const pairs = Uint8Array.from([10, 20, 128, 128, 30, 40, 128, 128, 50, 60, 128, 128, 70, 80, 128, 128]);
    const film = await read({ ...rgb, '00280004': 'YBR_FULL_422', '7fe00010': pairs });
    expect([...film.pixels]).toEqual([10, 20, 30, 40, 50, 60, 70, 80]);
  });

  it('come out of a palette', async () => {
    const palette = { '00281101': [3, 1, 16], '00281102': [3, 1, 16], '00281103': [3, 1, 16] };
    const data = {
      '00281201': words(0, 100, 65535),
      '00281202': words(0, 100, 0),
      '00281203': words(0, 100, 0),
    };
    const indices = {
      ...byte,
      '00280004': 'PALETTE COLOR',
      '7fe00010': Uint8Array.of(0, 1, 2, 3, 4, 255, 2, 1),
    };
    const film = await read({ ...indices, ...palette, ...data });
    const red = Math.round(0.299 * 65535);
    expect([...film.pixels]).toEqual([0, 0, 100, red, red, red, 100, 0]);
    expect(film).toMatchObject({ source: 'palette', bitsStored: 16 });
    expect(await code({ ...indices, ...palette })).toBe('bad-lookup-table');
  });

  it('are refused with the wrong number of channels', async () => {
    expect(await code({ ...rgb, '00280002': [1] })).toBe('unsupported-photometric');
    expect(await code({ '00280004': 'CMYK' })).toBe('unsupported-photometric');
  });
});

describe('what is only noted', () => {
  it('pixel aspect, overlays, and more than one window', async () => {
    const overlay = { '60020010': [2], '60023000': words(1) };
    const windows = { '00281050': '2000\\100', '00281051': '400\\50', '00281056': 'SIGMOID' };
    const film = await read({ ...overlay, ...windows, '00280034': '2\\1' });
    expect(film).toMatchObject({ overlay: true, pixelAspect: 2 });
    expect(film.vois).toEqual([
      { kind: 'window', center: 2000, width: 400, shape: 'SIGMOID' },
      { kind: 'window', center: 100, width: 50, shape: 'SIGMOID' },
    ]);
    expect(await read({})).toMatchObject({ overlay: false, pixelAspect: 1, vois: [] });
  });

  it('a VOI LUT comes before windows, and a broken one is left out', async () => {
    const good = table(0, 8, Uint8Array.of(0, 128, 255, 255), 4);
    const film = await read({ '00283010': [{ '00283002': [2] }, good], '00281050': '5', '00281051': '2' });
    expect(film.vois.map(({ kind }) => kind)).toEqual(['table', 'window']);
    expect(displayed(film)[7]).toBe(1);
  });
});
