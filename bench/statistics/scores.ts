// Scores to compare on: two correlated normal curves, as they come and rounded to two decimals, from a fixed seed.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { normals } from '../../scripts/simulate/normals.ts';

export interface Scores {
  readonly name: string;
  readonly labels: Uint8Array;
  readonly curves: Float64Array[];
}

/** Half of the rows positive, one unit above the others on the first curve and half on the rest. */
export function drawScores(name: string, n: number, curves: number, decimals: number | undefined): Scores {
  const draw = normals(n + curves);
  const labels = new Uint8Array(n).fill(1, n >> 1);
  const shared = new Float64Array(n);
  for (let row = 0; row < n; row++) shared[row] = draw();
  const unit = decimals === undefined ? undefined : 10 ** decimals;
  return {
    name,
    labels,
    curves: Array.from({ length: curves }, (_, at) => {
      const scores = new Float64Array(n);
      const shift = at === 0 ? 1 : 0.5;
      for (let row = 0; row < n; row++) {
        const score = 0.6 * shared[row]! + 0.8 * draw() + shift * labels[row]!;
        scores[row] = unit === undefined ? score : Math.round(score * unit) / unit;
      }
      return scores;
    }),
  };
}

/** Little-endian doubles: labels, then every curve. */
export function writeScores(folder: string, { name, labels, curves }: Scores): void {
  const n = labels.length;
  const all = new Float64Array(n * (curves.length + 1));
  all.set(labels);
  curves.forEach((curve, at) => all.set(curve, n * (at + 1)));
  writeFileSync(join(folder, `${name}.f64`), new Uint8Array(all.buffer));
}
