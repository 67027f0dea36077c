// Ranks with ties averaged, the form in which DeLong and Mann-Whitney are usually written.
import { sortedByValue } from './order.ts';

/**
 * Midranks, 1-based: values[n] -> ranks[n], each k or k + 1/2, summing to n(n+1)/2. No NaN; -0 ties with 0. O(n).
 * @throws RangeError on NaN.
 * Source: Sun & Xu, IEEE Signal Processing Letters 2014;21:1389-1393, eq. 8.
 */
export function midranks(values: ArrayLike<number>): Float64Array {
  const { order, values: sorted } = sortedByValue(values);
  const ranks = new Float64Array(values.length);
  for (let first = 0; first < order.length;) {
    const end = tieEnd(sorted, first);
    const rank = (first + 1 + end) / 2;
    for (let at = first; at < end; at++) ranks[order[at]!] = rank;
    first = end;
  }
  return ranks;
}

/** One past the last place in sorted values whose value equals the one at place `first`. */
export function tieEnd(sorted: Float64Array, first: number): number {
  const value = sorted[first];
  let end = first + 1;
  while (end < sorted.length && sorted[end] === value) end++;
  return end;
}
