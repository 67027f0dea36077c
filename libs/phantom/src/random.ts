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

/** sfc32 (Chris Doty-Humphrey, public domain), seeded from the text. */
export function seededRandom(seed: string | number): Random {
  const text = String(seed);
  const { next, fillNormal } = sfc32(hash(`${text}a`), hash(`${text}b`), hash(`${text}c`));
  const between = (low: number, high: number): number => low + (high - low) * next();
  return {
    next,
    between,
    normal: () => (next() + next() + next() + next() - 2) * SPREAD,
    fillNormal,
    chance: (p) => next() < p,
    pick: (values) => {
      if (values.length === 0) throw new RangeError('invalid values; must not be empty: length 0');
      return values[floor(next() * values.length)]!;
    },
    fork: (name) => seededRandom(`${text}/${name}`),
  };
}

function sfc32(a: number, b: number, c: number): Pick<Random, 'next' | 'fillNormal'> {
  let counter = 1;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (c << 21) | (c >>> 11);
    c = (c + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  for (let i = 0; i < 12; i++) next();
  const fillNormal = (plane: Float32Array): void => {
    // the steps of next() on local variables, which stay in registers
    let [s, t, u, count] = [a, b, c, counter];
    for (let i = 0; i < plane.length; i++) {
      let total = 0;
      for (let k = 0; k < 4; k++) {
        const sum = (((s + t) | 0) + count) | 0;
        count = (count + 1) | 0;
        s = t ^ (t >>> 9);
        t = (u + (u << 3)) | 0;
        u = (((u << 21) | (u >>> 11)) + sum) | 0;
        total += sum >>> 0;
      }
      plane[i] = (total / 2 ** 32 - 2) * SPREAD;
    }
    [a, b, c, counter] = [s, t, u, count];
  };
  return { next, fillNormal };
}

/** FNV-1a, 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) value = imul(value ^ text.charCodeAt(i), 0x01000193);
  return value | 0;
}
