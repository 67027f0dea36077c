import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Crowd, nearlyMeet, type Partition } from './partitions.ts';

const each = (count: number): number[] => Array.from({ length: count }, (_, i) => i);

describe('nearlyMeet', () => {
  const patients = each(20);
  const crowd = new Crowd(patients, 3);
  const half: Partition = patients.map((row) => (row < 10 ? 0 : 1));

  it('lets equal divisions pass, and those that differ on enough', () => {
    expect(nearlyMeet(half, half, crowd)).toBe(false);
    expect(
      nearlyMeet(
        half,
        patients.map((row) => (row < 15 ? 0 : 1)),
        crowd,
      ),
    ).toBe(false);
  });

  it('sees one patient between two edges, and one between a cell and an edge', () => {
    expect(
      nearlyMeet(
        half,
        patients.map((row) => (row < 11 ? 0 : 1)),
        crowd,
      ),
    ).toBe(true);
    // the middle cell of three is the upper half but for one, though no edge is near the other
    const middle = patients.map((row) => (row < 5 ? 0 : row >= 11 ? 1 : 2));
    expect(nearlyMeet(half, middle, crowd)).toBe(true);
  });

  it('sees through a division upside down', () => {
    expect(
      nearlyMeet(
        half,
        patients.map((row) => (row < 11 ? 1 : 0)),
        crowd,
      ),
    ).toBe(true);
    expect(
      nearlyMeet(
        half,
        patients.map((row) => (row < 10 ? 1 : 0)),
        crowd,
      ),
    ).toBe(false);
  });

  it('counts patients: five films of one are one', () => {
    const often = patients.map((row) => (row < 15 ? 0 : row < 20 ? 1 : 2));
    const whose = patients.map((row) => (row >= 15 ? 99 : row));
    const other = patients.map(() => 0);
    expect(nearlyMeet(often, other, new Crowd(patients, 3))).toBe(false);
    expect(nearlyMeet(often, [...each(10).map(() => 0), ...each(10).map(() => 1)], new Crowd(whose, 6))).toBe(
      true,
    );
  });

  it('agrees with trying every sum of neighbouring cells', () => {
    const rows = fc.array(fc.tuple(fc.nat(3), fc.nat(3), fc.nat(6)), { minLength: 1, maxLength: 24 });
    fc.assert(
      fc.property(rows, fc.integer({ min: 1, max: 5 }), (given, floor) => {
        const [a, b, whose] = [0, 1, 2].map((at) => given.map((row) => row[at]!)) as [
          number[],
          number[],
          number[],
        ];
        expect(nearlyMeet(a, b, new Crowd(whose, floor))).toBe(bruteForce(a, b, whose, floor));
      }),
    );
  });
});

function bruteForce(a: Partition, b: Partition, whose: readonly number[], floor: number): boolean {
  const sets = (of: Partition): boolean[][] => {
    const last = Math.max(...of);
    return each(last + 1).flatMap((from) =>
      each(last + 1 - from)
        .map((more) => of.map((cell) => cell >= from && cell <= from + more))
        .filter((set) => from > 0 || !set.every(Boolean)),
    );
  };
  const few = (chosen: readonly boolean[]): boolean => {
    const patients = new Set(whose.filter((_, row) => chosen[row])).size;
    return patients > 0 && patients < floor;
  };
  return sets(a).some((one) =>
    sets(b).some((other) => {
      const apart = one.map((inside, row) => inside !== other[row]);
      return few(apart) || few(apart.map((differs) => !differs));
    }),
  );
}
