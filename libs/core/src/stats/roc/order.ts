// Sorting by value with the row numbers kept: a stable radix sort over the bits of the doubles.

const digitBits = 11;
const digits = 1 << digitBits;
const digitMask = digits - 1;
const shifts = [0, digitBits, 2 * digitBits];
const lowWord = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;

/**
 * Row numbers in ascending order of value; equal values keep their row order.
 * values[n]: no NaN; -0 and 0 are equal, infinities sort to the ends. O(n).
 * @throws RangeError on NaN.
 */
export function ascendingOrder(values: ArrayLike<number>): Uint32Array {
  const [low, high] = sortableWords(values);
  let order = Uint32Array.from({ length: values.length }, (_, row) => row);
  let spare = new Uint32Array(values.length);
  for (const word of [low, high])
    for (const shift of shifts) {
      if (!scatter(word, shift, order, spare)) continue;
      [order, spare] = [spare, order];
    }
  return order;
}

/** Low and high 32 bits of each double, changed so that unsigned order is numeric order. */
function sortableWords(values: ArrayLike<number>): [Uint32Array, Uint32Array] {
  const doubles = new Float64Array(values.length);
  const words = new Uint32Array(doubles.buffer);
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  for (let row = 0; row < values.length; row++) {
    const value = values[row]!;
    if (Number.isNaN(value)) throw new RangeError(`scores must not be NaN: row ${row}`);
    doubles[row] = value + 0; // -0 becomes 0
    const lowBits = words[2 * row + lowWord]!;
    const highBits = words[2 * row + 1 - lowWord]!;
    const negative = highBits >>> 31 === 1;
    low[row] = negative ? ~lowBits : lowBits;
    high[row] = negative ? ~highBits : highBits ^ 0x80000000;
  }
  return [low, high];
}

/** One counting pass over one digit; false if all rows share that digit, and nothing was written. */
function scatter(word: Uint32Array, shift: number, from: Uint32Array, to: Uint32Array): boolean {
  const next = new Uint32Array(digits);
  for (const bits of word) next[(bits >>> shift) & digitMask]!++;
  if (next.includes(word.length)) return false;
  let start = 0;
  for (let digit = 0; digit < digits; digit++) {
    const count = next[digit]!;
    next[digit] = start;
    start += count;
  }
  for (const row of from) to[next[(word[row]! >>> shift) & digitMask]!++] = row;
  return true;
}
