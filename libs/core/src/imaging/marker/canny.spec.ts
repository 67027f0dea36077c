// Edges are where scikit-image draws them; the pictures and edges were made by test/golden-tensors/make_edges.py.
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { cannyEdges, edgeConnectCanny } from './canny.ts';

const path = new URL('../../../../../test/golden-tensors/edges.json', import.meta.url);
const { side, cases } = JSON.parse(readFileSync(path, 'utf8')) as {
  side: number;
  cases: { image: string; hole: string; edges: string }[];
};
const grid = { width: side, height: side };
const floats = (data: string): Float32Array =>
  new Float32Array(Uint8Array.from(Buffer.from(data, 'base64')).buffer);
const bits = (data: string): Float32Array => {
  const bytes = Buffer.from(data, 'base64');
  return Float32Array.from({ length: side * side }, (_, i) => (bytes[i >> 3]! >> (7 - (i & 7))) & 1);
};

describe('cannyEdges', () => {
  it.each(cases.map((one, i) => [i, one] as const))('draws what scikit-image draws: picture %d', (_, one) => {
    const edges = cannyEdges(floats(one.image), bits(one.hole), grid);
    const expected = bits(one.edges);
    expect(expected.filter((edge) => edge === 1).length).toBeGreaterThan(50);
    expect(edges.filter((edge, i) => edge !== expected[i]).length).toBe(0);
  });

  it('draws nothing where nothing is known, and nothing on a flat patch', () => {
    const image = floats(cases[0]!.image);
    const none = cannyEdges(image, new Float32Array(side * side).fill(1), grid);
    expect(none.every((edge) => edge === 0)).toBe(true);
    const flat = cannyEdges(new Float32Array(side * side).fill(0.5), new Float32Array(side * side), grid);
    expect(flat.every((edge) => edge === 0)).toBe(true);
  });

  it('draws fewer edges for higher thresholds', () => {
    const count = (low: number, high: number): number => {
      const edges = cannyEdges(floats(cases[0]!.image), bits(cases[0]!.hole), grid, {
        ...edgeConnectCanny,
        low,
        high,
      });
      return edges.filter((edge) => edge === 1).length;
    };
    expect(count(0.4, 0.8)).toBeLessThan(count(0.1, 0.2));
  });
});
