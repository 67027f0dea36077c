import { describe, expect, it } from '@jest/globals';
import { MarkerCensus } from '@sidemark/core/contract';
import fc from 'fast-check';
import type { DatasetRow } from '../../../dataset/registered-dataset.ts';
import type { MarkerFacts, ScoredImage } from '../../image/image-outcome.ts';
import { markerCensus } from './marker-census.ts';

const FLOOR = 5;
const LETTERS = ['left', 'right', 'other'] as const;
const LOOKS = ['digital', 'lead'] as const;

interface Film {
  patient: number;
  census: MarkerFacts[];
}

const marker = (change: Partial<MarkerFacts> = {}): MarkerFacts => ({
  ...{ letter: 'left', look: 'digital', x: 0.1, y: 0.1, size: 0.05, intensity: 0.9 },
  ...change,
});

function censusOf(films: readonly Film[], floor = FLOOR): MarkerCensus | undefined {
  const rows = films.map(({ patient }) => ({ patient: `p${patient}` }) as DatasetRow);
  const images = films.map(({ census }): ScoredImage => ({
    kind: 'scored',
    scores: [[[0]]],
    inert: { inpainted: false, clipped: false },
    markers: { left: 0, right: 0, other: 0, needsReview: false },
    census,
  }));
  return markerCensus({ rows, images }, floor);
}

const many = (count: number, change: Partial<MarkerFacts>, from = 0): Film[] =>
  Array.from({ length: count }, (_, i) => ({ patient: from + i, census: [marker(change)] }));

const facts: fc.Arbitrary<MarkerFacts> = fc.record({
  letter: fc.constantFrom(...LETTERS),
  look: fc.constantFrom(...LOOKS),
  x: fc.constantFrom(0.05, 0.5, 0.95),
  y: fc.constantFrom(0.05, 0.95),
  size: fc.double({ min: 0.01, max: 0.2, noNaN: true }),
  intensity: fc.double({ min: 0, max: 1, noNaN: true }),
});
const sites = fc.array(fc.record({ patient: fc.nat(30), census: fc.array(facts, { maxLength: 3 }) }), {
  maxLength: 60,
});

/** Shown cells of a group, and the patients truly behind each. */
function groupsOf(films: readonly Film[], { letters, looks, map }: MarkerCensus) {
  const patients = (holds: (one: MarkerFacts) => boolean): Set<number> =>
    new Set(films.flatMap(({ patient, census }) => (census.some(holds) ? [patient] : [])));
  return [
    LETTERS.map((letter) => ({ shown: letters[letter], of: patients((one) => one.letter === letter) })),
    LOOKS.map((look) => ({ shown: looks[look], of: patients((one) => one.look === look) })),
    map.flatMap((line, row) =>
      line.map((shown, column) => ({
        shown,
        of: patients(({ x, y }) => Math.floor(y * 8) === row && Math.floor(x * 8) === column),
      })),
    ),
  ];
}

describe('markerCensus', () => {
  it('counts films by letter, look and place, with means over films', () => {
    const films = [
      ...many(20, { letter: 'left' }),
      ...many(12, { letter: 'right', look: 'lead', x: 0.95, size: 0.07 }, 20),
    ];
    const census = censusOf(films)!;
    expect(census.letters).toEqual({ left: 20, right: 12, other: 0 });
    expect(census.looks).toEqual({ digital: 20, lead: 12 });
    expect(census.map[0]![0]).toBe(20);
    expect(census.map[0]![7]).toBe(12);
    expect(census.map.flat().filter((cell) => cell === 0)).toHaveLength(62);
    expect(census.size).toMatchObject({ kind: 'moments', films: { images: 32, patients: 32 } });
    expect(MarkerCensus.parse(census)).toEqual(census);
  });

  it('withholds a small cell, and one more so that it does not follow from the whole', () => {
    const census = censusOf([...many(20, { letter: 'left' }), ...many(2, { letter: 'other' }, 20)])!;
    expect(census.letters).toEqual({ left: null, right: 0, other: null });
    expect(census.looks).toEqual({ digital: 22, lead: 0 });
  });

  it('counts patients for the floor: many films of one patient are few', () => {
    const one = Array.from({ length: 30 }, (): Film => ({ patient: 1, census: [marker({ look: 'lead' })] }));
    const census = censusOf([...many(20, {}, 2), ...one])!;
    expect(census.looks).toEqual({ digital: null, lead: null });
  });

  it('says nothing of brightness and size of fewer patients than the floor', () => {
    const few = { kind: 'not-estimable', reason: 'too-few-affected' };
    expect(censusOf(many(4, {}))).toMatchObject({ size: few, intensity: few, letters: { left: null } });
    expect(censusOf([])).toMatchObject({ size: { reason: 'empty' }, letters: { left: 0 } });
  });

  it('never shows a cell below the floor, nor lets it be found by subtraction', () => {
    fc.assert(
      fc.property(sites, fc.constantFrom(5, 10), (films, floor) => {
        for (const cells of groupsOf(films, censusOf(films, floor)!)) {
          for (const { shown, of } of cells)
            if (shown !== null && shown > 0) expect(of.size).toBeGreaterThanOrEqual(floor);
          for (const { shown, of } of cells) if (of.size === 0 && shown !== null) expect(shown).toBe(0);
          const hidden = cells.filter(({ shown }) => shown === null);
          if (hidden.length === 0) continue;
          const together = new Set(hidden.flatMap(({ of }) => [...of]));
          // the rest of a known sum is of the floor too, or nothing of the group is told
          expect(hidden.length === cells.length || (hidden.length > 1 && together.size >= floor)).toBe(true);
        }
      }),
    );
  });

  it('is of no film that an agent without census evaluated', () => {
    const rows = [{ patient: 'p' } as DatasetRow];
    const images = [{ kind: 'scored' } as ScoredImage];
    expect(markerCensus({ rows, images }, FLOOR)).toBeUndefined();
  });
});
