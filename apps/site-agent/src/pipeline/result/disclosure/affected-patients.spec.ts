import { describe, expect, it } from '@jest/globals';
import { seededRandom } from '@sidemark/phantom';
import { affectedPatients } from './affected-patients.ts';
import { type Curve, orderOf } from '../curves.ts';

const random = seededRandom('affected');
const scores = Array.from({ length: 80 }, () => random.next());
const patients = scores.map((_, row) => row);
const curve = (values: readonly number[], classifier = 'one'): Curve => ({
  classifier,
  arm: 'original',
  model: 'a'.repeat(64),
  kind: 'binary',
  values,
  order: orderOf(values),
});
const moved = (count: number, change: (score: number) => number = (score) => score): number[] =>
  scores.map((score, row) => (row < count ? 9 + row : change(score)));
const affected = (values: readonly number[], classifier: string, of = patients): number =>
  affectedPatients(curve(scores), curve(values, classifier), of, 10);

describe(affectedPatients, () => {
  it('is 0 for the same order, whatever the scale', () => {
    expect(affected(scores, 'one')).toBe(0);
    expect(
      affected(
        scores.map((score) => 3 * score - 7),
        'two',
      ),
    ).toBe(0);
  });

  it.each([1, 4, 9])(
    'counts %i patients with another score, on another arm and in another classifier',
    (count) => {
      expect(affected(moved(count), 'one')).toBe(count);
      expect(
        affected(
          moved(count, (score) => 3 * score - 7),
          'two',
        ),
      ).toBe(count);
    },
  );

  it('is at least the floor for ten', () => {
    expect(affected(moved(10), 'one')).toBeGreaterThanOrEqual(10);
    expect(affected(moved(10), 'two')).toBeGreaterThanOrEqual(10);
  });

  it('is not fooled by a little change of every other score', () => {
    const jitter = (score: number): number => score + 0.01 * random.next();
    expect(affected(moved(1, jitter), 'one')).toBe(1);
    expect(affected(moved(1, jitter), 'two')).toBe(1);
    expect(affected(scores.map(jitter), 'one')).toBeGreaterThanOrEqual(10);
  });

  it('counts patients, not images', () => {
    expect(
      affected(
        moved(4),
        'one',
        patients.map((row) => row >> 1),
      ),
    ).toBe(2);
  });

  it('counts classes as they are', () => {
    const classes = (values: number[]): Curve => ({
      classifier: 'm',
      arm: 'original',
      model: 'a',
      kind: 'multiclass',
      values,
    });
    const [a, b] = [patients.map((row) => row % 3), patients.map((row) => (row < 2 ? 2 : row % 3))];
    expect(affectedPatients(classes(a), classes(b), patients, 10)).toBe(2);
  });
});
