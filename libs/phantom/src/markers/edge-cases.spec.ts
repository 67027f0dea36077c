import { describe, expect, it } from '@jest/globals';
import { isInert } from '@sidemark/core/imaging';
import { readDicom } from '@sidemark/dicom';
import { cohort, type PhantomRecord } from '../site/cohort.ts';
import { type EdgeCase, edgeCase } from '../test-support/edge-cases.ts';
import { encodeFilm } from '../write/encode-film.ts';

const SIDE = 192;

async function films(name: EdgeCase, count = 3): Promise<PhantomRecord[]> {
  const all: PhantomRecord[] = [];
  for await (const one of cohort(edgeCase(name, count, { side: SIDE }))) all.push(one);
  return all;
}

/** Values of a film under its k-th marker. */
function under({ markers, film }: PhantomRecord, pixels = film.pixels, k = 0): number[] {
  const { x1, y1, x2, y2 } = markers[k]!.box;
  return [...pixels].filter((_, i) => {
    const [x, y] = [i % SIDE, Math.floor(i / SIDE)];
    return x >= x1 && x < x2 && y >= y1 && y < y2;
  });
}
const mean = (values: number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;

/** The first film of a case with its markers upright and seen from the front. */
async function straight(name: EdgeCase): Promise<PhantomRecord> {
  const site = edgeCase(name, 1, { side: SIDE });
  for (const piece of site.markers.protocols[0]!.pieces)
    Object.assign(piece, { rotation: [0, 0], mirrored: 0 });
  return (await cohort(site).next()).value as PhantomRecord;
}
const apart = (a: Float32Array, b: Float32Array): number =>
  mean([...a].map((value, i) => Math.abs(value - b[i]!)));

describe('a marker', () => {
  it('need not be there', async () => {
    for (const { markers, film, clean } of await films('no-marker')) {
      expect(markers).toEqual([]);
      expect(isInert(film, clean)).toBe(true);
    }
  });

  it('lies over anatomy, which stays under it in the clean film', async () => {
    for (const one of await films('over-anatomy')) {
      expect(mean(under(one, one.clean.pixels))).toBeGreaterThan(400);
      expect(Math.max(...under(one))).toBeGreaterThan(Math.max(...under(one, one.clean.pixels)) + 400);
    }
  });

  it('is cut by the edge of the film, and so is its box', async () => {
    for (const { markers } of await films('cut-by-edge')) {
      expect(markers[0]).toMatchObject({ text: 'R', box: { x1: 0 } });
    }
  });

  it('lies in a collimated border when it was written after the exposure', async () => {
    const dark = (await films('in-black-border', 6)).filter(
      (one) => mean(under(one, one.clean.pixels)) < 150,
    );
    expect(dark.length).toBeGreaterThan(0);
    for (const one of dark) expect(Math.max(...under(one))).toBe(4095);
  });

  it('of metal is listed as far as the beam reached it', async () => {
    const drawn = await films('metal-under-collimator', 8);
    const counts = drawn.map(({ markers }) => markers.length);
    expect(new Set(counts)).toEqual(new Set([0, 1]));
    for (const { film, clean } of drawn.filter(({ markers }) => markers.length === 0)) {
      // at most the foil that holds the letters
      const traces = [...film.pixels].map((value, i) => Math.abs(value - clean.pixels[i]!));
      expect(traces.reduce((most, value) => Math.max(most, value), 0)).toBeLessThan(0.25 * 4095);
    }
    for (const one of drawn.filter(({ markers }) => markers.length > 0)) {
      expect(mean(under(one))).toBeGreaterThan(mean(under(one, one.clean.pixels)));
    }
  });

  it('is seen from behind, letter and all, and keeps its name', async () => {
    const [behind, front] = [(await films('mirrored', 1))[0]!, await straight('mirrored')];
    const [stamp, other] = [behind.markers[0]!, front.markers[0]!];
    expect(stamp).toMatchObject({ text: 'R', glyph: 'R', side: other.side });
    const flipped = stamp.coverage.map((_, i) => {
      const [x, y] = [i % stamp.side, Math.floor(i / stamp.side)];
      return stamp.coverage[y * stamp.side + stamp.side - 1 - x]!;
    });
    expect(apart(flipped, other.coverage)).toBeLessThan(0.2 * apart(stamp.coverage, other.coverage));
  });

  it('stands on its head and keeps its name', async () => {
    const [turned, upright] = [(await films('turned', 1))[0]!, await straight('turned')];
    expect(turned.markers[0]).toMatchObject({ text: 'R', glyph: 'R' });
    expect(apart(turned.markers[0]!.coverage, upright.markers[0]!.coverage)).toBeGreaterThan(0.02);
  });

  it('has others beside it', async () => {
    for (const { markers } of await films('several'))
      expect(markers.map(({ text }) => text)).toEqual(['R', 'L']);
    for (const { markers } of await films('other-text')) {
      expect(markers.map(({ text }) => text)).toEqual(['R', 'other', 'other']);
    }
  });

  it('names the wrong side where the profile says so', async () => {
    for (const { markers } of await films('swapped')) {
      expect(markers[0]).toMatchObject({ text: 'L', glyph: 'L' });
      expect(markers[0]!.box.x2).toBeLessThan(SIDE / 2);
    }
  });
});

describe('a film', () => {
  const polarities = ['MONOCHROME1', 'MONOCHROME2'] as const;
  it.each([10, 12, 14, 16].flatMap((bits) => polarities.map((polarity) => [bits, polarity] as const)))(
    'of %i bits, %s, keeps every value and a marker as bright as its bits allow',
    async (bits, photometric) => {
      const site = edgeCase('swapped', 1, { side: SIDE, bits, photometric });
      const one = (await cohort(site).next()).value as PhantomRecord;
      const read = await readDicom(await encodeFilm(one, site));
      expect(isInert(read, one.film)).toBe(true);
      expect(read).toMatchObject({ bitsStored: bits, photometric, inverted: photometric === 'MONOCHROME1' });
      expect(Math.max(...under(one))).toBe(2 ** bits - 1);
    },
  );
});
