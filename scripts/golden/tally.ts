// Counts comparisons and keeps the worst error as a fraction of its tolerance; above 1 is a failure.
import { type Estimate, mapEstimate } from '../../libs/core/src/stats/index.ts';
import { number, numbers } from './reading.ts';

/** What is allowed around an expected value. */
export type Tolerance = (expected: number) => number;

export const exactly: Tolerance = () => 0;
export const absolute =
  (size: number): Tolerance =>
  () =>
    size;
export const relative =
  (size: number, floor = 0): Tolerance =>
  (expected) =>
    size * Math.max(Math.abs(expected), floor);

export class Tally {
  comparisons = 0;
  worst = 0;
  readonly failures: string[] = [];

  /** `actual` NaN means not estimable, which only an expected null or "NaN" matches. */
  compare(name: string, actual: number, expected: unknown, tolerance: Tolerance): void {
    this.comparisons++;
    if (expected === undefined) return this.fail(`${name}: nothing expected in the file`);
    const target = number(expected, name);
    if (Object.is(actual, target) || actual === target) return;
    const share = Math.abs(actual - target) / tolerance(target);
    const error = Number.isNaN(share) ? Infinity : share;
    this.worst = Math.max(this.worst, error);
    if (error > 1) this.failures.push(`${name}: ${actual}, expected ${JSON.stringify(expected)}`);
  }

  /** As `compare` for a list; an expected null is a list that does not exist. */
  compareList(
    name: string,
    actual: readonly number[] | undefined,
    expected: unknown,
    tolerance: Tolerance,
  ): void {
    if (expected === undefined || expected === null || actual === undefined) {
      this.compare(
        name,
        actual ? 0 : NaN,
        expected === undefined || expected === null ? expected : 0,
        exactly,
      );
      return;
    }
    const targets = numbers(expected, name);
    if (targets.length !== actual.length)
      return this.fail(`${name}: ${actual.length} values, not ${targets.length}`);
    targets.forEach((target, at) => this.compare(`${name}[${at}]`, actual[at]!, target, tolerance));
  }

  fail(message: string): void {
    this.worst = Infinity;
    this.failures.push(message);
  }
}

/** The value, or NaN where it is not estimable. */
export function valueOf(from: Estimate): number {
  return from.kind === 'estimate' ? from.value : NaN;
}

/** The pair as a list, or undefined where it is not estimable. */
export function pairOf(from: Estimate<readonly [number, number]>): readonly number[] | undefined {
  const pair = mapEstimate(from, (value): readonly number[] => value);
  return pair.kind === 'estimate' ? pair.value : undefined;
}
