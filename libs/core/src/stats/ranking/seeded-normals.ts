// Standard normal numbers from a seed, the same on every machine: draws that anybody can repeat.

/** Four 32-bit words; the same seed gives the same numbers. */
export type Seed = readonly [number, number, number, number];

/** Words of the first 128 bits of SHA-256 digests in hex, added bit by bit: their order does not matter. */
export function seedOf(digests: readonly string[]): Seed {
  const words: [number, number, number, number] = [0, 0, 0, 0];
  for (const digest of digests)
    for (let at = 0; at < 4; at++) words[at]! ^= Number.parseInt(digest.slice(8 * at, 8 * at + 8), 16);
  return words.map((word) => word >>> 0) as unknown as Seed;
}

/** 32 lower-case hex digits. */
export function seedText(seed: Seed): string {
  return seed.map((word) => word.toString(16).padStart(8, '0')).join('');
}

/**
 * Source: uniform numbers by sfc32 (Doty-Humphrey, PractRand), two of them to a pair of normals by the polar method
 * (Marsaglia & Bray, SIAM Review 1964;6:260-264).
 */
export function seededNormals(seed: Seed): () => number {
  const uniform = uniforms(seed);
  let kept: number | undefined;
  return () => {
    if (kept !== undefined) {
      const value = kept;
      kept = undefined;
      return value;
    }
    for (;;) {
      const [u, v] = [2 * uniform() - 1, 2 * uniform() - 1];
      const square = u * u + v * v;
      if (square >= 1 || square === 0) continue;
      const scale = Math.sqrt((-2 * Math.log(square)) / square);
      kept = v * scale;
      return u * scale;
    }
  };
}

/** In [0, 1), by steps of 2^-32. */
function uniforms(seed: Seed): () => number {
  let [a, b, c, counter] = seed;
  const next = (): number => {
    const sum = (((a + b) | 0) + counter) | 0;
    counter = (counter + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = (((c << 21) | (c >>> 11)) + sum) | 0;
    return (sum >>> 0) / 2 ** 32;
  };
  // the first numbers still show the seed
  for (let skipped = 0; skipped < 16; skipped++) next();
  return next;
}
