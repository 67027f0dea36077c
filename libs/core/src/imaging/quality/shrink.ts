// A film as a small grid of means: what a judgement of the whole picture needs, and no more.
import type { GrayImage } from '../gray-image.ts';

/** Means of blocks, row-major, `columns * rows` long, in the film's own values. */
export interface Grid {
  columns: number;
  rows: number;
  means: Float64Array;
}

/** Block means of a film; a film smaller than the grid repeats its pixels. O(pixels). */
export function shrink(film: GrayImage, columns: number, rows: number): Grid {
  const { width, height, pixels } = film;
  const means = new Float64Array(columns * rows);
  const edges = Array.from({ length: columns }, (_, x) => blockOf(x, columns, width));
  // one kind of array, whatever the film's: see pixel-blocks.ts
  const line = new Float64Array(width);
  for (let y = 0; y < rows; y++) {
    const [top, bottom] = blockOf(y, rows, height);
    for (let row = top; row < bottom; row++) {
      line.set(pixels.subarray(row * width, (row + 1) * width));
      addMeans(means, y * columns, line, edges);
    }
    for (let x = 0; x < columns; x++) means[y * columns + x]! /= bottom - top;
  }
  return { columns, rows, means };
}

function blockOf(index: number, of: number, length: number): [from: number, to: number] {
  const from = Math.floor((index * length) / of);
  return [from, Math.max(from + 1, Math.floor(((index + 1) * length) / of))];
}

function addMeans(
  means: Float64Array,
  at: number,
  line: Float64Array,
  edges: readonly [number, number][],
): void {
  edges.forEach(([from, to], x) => {
    let sum = 0;
    for (let i = from; i < to; i++) sum += line[i]!;
    means[at + x]! += sum / (to - from);
  });
}
