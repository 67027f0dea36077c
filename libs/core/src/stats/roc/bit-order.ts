// The order of doubles by their bits: a stable radix sort that no distribution of values can slow down.

const digitBits = 11;
const digits = 1 << digitBits;
const digitMask = digits - 1;
const shifts = [0, digitBits, 2 * digitBits];
const lowWord = new Uint8Array(new Uint32Array([1]).buffer)[0] === 1 ? 0 : 1;

/** Positions of values[n] in ascending order, equal ones in the order they have; no NaN, no -0. O(n). */
export function bitOrder(values: Float64Array): Uint32Array {
  const [low, high] = sortableWords(values);
  let order = new Uint32Array(values.length);
  for (let at = 0; at < order.length; at++) order[at] = at;
  let spare = new Uint32Array(values.length);
  for (const word of [low, high])
    for (const shift of shifts) {
      if (!scatter(word, shift, order, spare)) continue;
      [order, spare] = [spare, order];
    }
  return order;
}

/** Low and high 32 bits of each double, changed so that unsigned order is numeric order. */
function sortableWords(values: Float64Array): [Uint32Array, Uint32Array] {
  const words = new Uint32Array(values.slice().buffer);
  const low = new Uint32Array(values.length);
  const high = new Uint32Array(values.length);
  for (let at = 0; at < values.length; at++) {
    const lowBits = words[2 * at + lowWord]!;
    const highBits = words[2 * at + 1 - lowWord]!;
    const negative = highBits >>> 31 === 1;
    low[at] = negative ? ~lowBits : lowBits;
    high[at] = negative ? ~highBits : highBits ^ 0x80000000;
  }
  return [low, high];
}

/** One counting pass over one digit; false if all share that digit, and nothing was written. */
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
  for (const at of from) to[next[(word[at]! >>> shift) & digitMask]!++] = at;
  return true;
}
