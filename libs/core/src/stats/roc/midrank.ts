// Ranks with ties averaged, the form in which DeLong and Mann-Whitney are usually written.
import { ascendingOrder } from './order.ts';

/**
 * Midranks, 1-based: values[n] -> ranks[n], each k or k + 1/2, summing to n(n+1)/2. No NaN; -0 ties with 0. O(n).
 * @throws RangeError on NaN.
 * Source: Sun & Xu, IEEE Signal Processing Letters 2014;21:1389-1393, eq. 8.
 */
export function midranks(values: ArrayLike<number>): Float64Array {
  const order = ascendingOrder(values);
  const ranks = new Float64Array(values.length);
  for (let first = 0; first < order.length;) {
    const end = tieEnd(values, order, first);
    const rank = (first + 1 + end) / 2;
    for (let at = first; at < end; at++) ranks[order[at]!] = rank;
    first = end;
  }
  return ranks;
}

/** One past the last place in `order` whose value equals the value at place `first`. */
export function tieEnd(values: ArrayLike<number>, order: Uint32Array, first: number): number {
  const value = values[order[first]!];
  let end = first + 1;
  while (end < order.length && values[order[end]!] === value) end++;
  return end;
}
