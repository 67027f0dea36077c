import { describe, expect, it } from '@jest/globals';
import { midranks } from '@sidemark/core/stats';
import { seededRandom } from '@sidemark/phantom';
import { largestShare, mostShare } from './concentration.ts';

const random = seededRandom('concentration');
const patients = Array.from({ length: 60 }, (_, patient) => patient);
const noise = (): number[] => patients.map(() => random.next());
const onTop = (scores: number[], value: number): number[] =>
  scores.map((score, row) => (row === 7 ? value : score));
const many = (count: number, make: (k: number) => number[]): number[][] =>
  Array.from({ length: count }, (_, k) => [...midranks(make(k))]);

describe(largestShare, () => {
  it('of one curve is that of its highest rank: 3 (n - 1) / (n (n + 1))', () => {
    expect(largestShare(many(1, noise), patients)).toBeCloseTo((3 * 59) / (60 * 61), 12);
    expect(largestShare([], [])).toBe(0);
    expect(largestShare([patients.map(() => 30.5)], patients)).toBe(0);
  });

  it('does not grow with copies of one curve', () => {
    const scores = noise();
    const one = largestShare(
      many(1, () => scores),
      patients,
    );
    expect(
      largestShare(
        many(20, () => scores),
        patients,
      ),
    ).toBeCloseTo(one, 12);
  });

  it('finds a patient on top of fresh noise, also where every second curve puts that patient last', () => {
    expect(
      largestShare(
        many(24, () => onTop(noise(), 2)),
        patients,
      ),
    ).toBeGreaterThan(0.45);
    expect(
      largestShare(
        many(24, (k) => onTop(noise(), k % 2 ? 2 : -1)),
        patients,
      ),
    ).toBeGreaterThan(0.45);
    expect(
      largestShare(
        many(24, (k) => onTop(noise(), k % 2 ? 2 : -1)),
        patients,
      ),
    ).toBeGreaterThan(mostShare);
  });

  it('counts a patient once, however many films there are', () => {
    const scores = noise();
    const once = largestShare(
      many(1, () => scores),
      patients,
    );
    const twice = [...midranks([...scores, ...scores])];
    expect(largestShare([twice], [...patients, ...patients])).toBeCloseTo(once, 2);
  });
});
