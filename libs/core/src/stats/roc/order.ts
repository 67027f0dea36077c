// Sorting by value with the row numbers kept. Values are spread over as many buckets as there are rows, by a straight line
// from the smallest to the largest: two sweeps over memory where a radix sort of doubles needs six. Buckets that come out
// long are spread again, and values that no line can spread go by their bits; so it is linear for any distribution.
import { bitOrder } from './bit-order.ts';

/** Rows by value. */
export interface Sorted {
  /** row numbers in ascending order of value; equal values keep their row order */
  readonly order: Uint32Array;
  /** the values in that order, -0 as 0 */
  readonly values: Float64Array;
}

/**
 * values[n]: no NaN; -0 and 0 are equal, infinities sort to the ends. O(n).
 * @throws RangeError on NaN.
 */
export function sortedByValue(values: ArrayLike<number>): Sorted {
  const n = values.length;
  const source = { values: new Float64Array(n), order: new Uint32Array(n) };
  for (let row = 0; row < n; row++) {
    const value = values[row]!;
    if (value !== value) throw new RangeError(`scores must not be NaN: row ${row}`);
    source.values[row] = value + 0; // -0 becomes 0
    source.order[row] = row;
  }
  const target = { values: source.values.slice(), order: source.order.slice() };
  sortRange(source, target, 0, n, 0);
  return target;
}

/** Row numbers in ascending order of value. @throws RangeError on NaN. */
export function ascendingOrder(values: ArrayLike<number>): Uint32Array {
  return sortedByValue(values).order;
}

const shortest = 16;
const deepest = 3;

/** Sorts target[from, to); source holds the same rows there when it starts. */
function sortRange(source: Sorted, target: Sorted, from: number, to: number, depth: number): void {
  if (to - from <= shortest) return insert(target, from, to);
  let [low, high] = [Infinity, -Infinity];
  for (let at = from; at < to; at++) {
    const value = source.values[at]!;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low === high) return;
  const buckets = to - from;
  const scale = (buckets - 1) / (high - low);
  if (depth === deepest || !(scale > 0 && scale < Infinity)) return byBits(source, target, from, to);

  const ends = spread(source, target, from, to, low, scale);
  let start = from;
  for (let bucket = 0; bucket < buckets; bucket++) {
    const end = ends[bucket]!;
    if (end - start > shortest) {
      source.values.set(target.values.subarray(start, end), start);
      source.order.set(target.order.subarray(start, end), start);
      sortRange(source, target, start, end, depth + 1);
    } else if (end - start > 1) insert(target, start, end);
    start = end;
  }
}

/** Moves source[from, to) to target by bucket, in order; returns where each bucket ends. */
function spread(
  source: Sorted,
  target: Sorted,
  from: number,
  to: number,
  low: number,
  scale: number,
): Uint32Array {
  const next = new Uint32Array(to - from);
  for (let at = from; at < to; at++) next[((source.values[at]! - low) * scale) | 0]! += 1;
  let start = from;
  for (let bucket = 0; bucket < next.length; bucket++) {
    const count = next[bucket]!;
    next[bucket] = start;
    start += count;
  }
  for (let at = from; at < to; at++) {
    const value = source.values[at]!;
    const place = next[((value - low) * scale) | 0]!++;
    target.values[place] = value;
    target.order[place] = source.order[at]!;
  }
  return next;
}

/** Insertion sort: for few rows, and one sweep for equal ones. */
function insert({ values, order }: Sorted, from: number, to: number): void {
  for (let at = from + 1; at < to; at++) {
    const value = values[at]!;
    if (values[at - 1]! <= value) continue;
    const row = order[at]!;
    let place = at;
    do {
      values[place] = values[place - 1]!;
      order[place] = order[place - 1]!;
      place--;
    } while (place > from && values[place - 1]! > value);
    values[place] = value;
    order[place] = row;
  }
}

function byBits(source: Sorted, target: Sorted, from: number, to: number): void {
  const order = bitOrder(source.values.subarray(from, to));
  for (let at = 0; at < order.length; at++) {
    target.values[from + at] = source.values[from + order[at]!]!;
    target.order[from + at] = source.order[from + order[at]!]!;
  }
}
