// The only randomness of the room: a seeded stream. Same seed, same films, on every machine.

// bound once: inside jest each use of a global is a slow lookup, and these run per pixel
const { floor, imul } = Math;
/** makes the variance of a sum of four uniforms 1 */
const SPREAD = Math.sqrt(3);

export interface Random {
  /** uniform in [0, 1) */
  next(): number;
  /** uniform in [low, high) */
  between(low: number, high: number): number;
  /** roughly normal, mean 0, standard deviation 1, never beyond 3.5 (sum of four uniforms) */
  normal(): number;
  /** fills a plane with what as many calls of `normal` would give, several times faster */
  fillNormal(plane: Float32Array): void;
  /** true with probability p in [0, 1] */
  chance(p: number): boolean;
  /** one of a non-empty list */
  pick<T>(values: readonly T[]): T;
  /** an independent stream, named so that adding one stream does not shift another */
  fork(name: string): Random;
}

/** A stream of sfc32 (Chris Doty-Humphrey, public domain), seeded from the text. */
export function seededRandom(seed: string | number): Random {
  const text = String(seed);
  const state = Int32Array.of(hash(`${text}a`), hash(`${text}b`), hash(`${text}c`), 1);
  const next = (): number => step(state) / 2 ** 32;
  for (let i = 0; i < 12; i++) next();
  const between = (low: number, high: number): number => low + (high - low) * next();
  return {
    next,
    between,
    normal: () => (next() + next() + next() + next() - 2) * SPREAD,
    fillNormal: (plane) => fillNormal(state, plane),
    chance: (p) => next() < p,
    pick: (values) => {
      if (values.length === 0) throw new RangeError('invalid values; must not be empty: length 0');
      return values[floor(next() * values.length)]!;
    },
    fork: (name) => seededRandom(`${text}/${name}`),
  };
}

/** The next 32 bits; the state is three words and a counter. */
function step(state: Int32Array): number {
  const b = state[1]!;
  const c = state[2]!;
  const counter = state[3]!;
  const sum = (((state[0]! + b) | 0) + counter) | 0;
  state[0] = b ^ (b >>> 9);
  state[1] = c + (c << 3);
  state[2] = ((c << 21) | (c >>> 11)) + sum;
  state[3] = counter + 1;
  return sum >>> 0;
}

/** The steps of `step` on local variables, which stay in registers: a third of the time. */
function fillNormal(state: Int32Array, plane: Float32Array): void {
  let a = state[0]!;
  let b = state[1]!;
  let c = state[2]!;
  let counter = state[3]!;
  for (let i = 0; i < plane.length; i++) {
    let total = 0;
    for (let k = 0; k < 4; k++) {
      const sum = (((a + b) | 0) + counter) | 0;
      counter = (counter + 1) | 0;
      a = b ^ (b >>> 9);
      b = (c + (c << 3)) | 0;
      c = (((c << 21) | (c >>> 11)) + sum) | 0;
      total += sum >>> 0;
    }
    plane[i] = (total / 2 ** 32 - 2) * SPREAD;
  }
  state.set([a, b, c, counter]);
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
