import { describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { Manifest } from '@sidemark/core/contract';
import { harmonicInpainter, linearClassifier, plateauDetector } from './reference-models.ts';

interface Measured {
  canaries: Record<string, number>;
  films: {
    films: number;
    markers: number;
    hits: number;
    falseBoxes: number;
    saturatedAfter: number;
    changedOutside: number;
  };
}

const build = {
  'plateau-detector': plateauDetector,
  'harmonic-inpainter': harmonicInpainter,
  'linear-original': () => linearClassifier('original'),
  'linear-inpainted': () => linearClassifier('inpainted'),
  'linear-three-class': () => linearClassifier('three-class'),
};

function measure(): Measured {
  const script = fileURLToPath(new URL('../test-support/measure-models.ts', import.meta.url));
  const printed = execFileSync(process.execPath, ['--import', 'tsx', script], { encoding: 'utf8' });
  return JSON.parse(printed) as Measured;
}

describe('the reference models', () => {
  it.each(Object.entries(build))(
    '%s has a manifest of the contract and the same bytes each time',
    (name, make) => {
      const { bytes, manifest } = make();
      expect(Manifest.parse(manifest)).toEqual(manifest);
      expect(manifest.name).toBe(name);
      expect(make().manifest.sha256).toBe(manifest.sha256);
      expect(bytes.length).toBeLessThan(2 ** 20);
    },
  );

  it('answer their canaries, find the markers of phantom films and fill them', () => {
    const { canaries, films } = measure();
    expect(Object.keys(canaries)).toEqual(Object.keys(build));
    for (const excess of Object.values(canaries)) expect(excess).toBeLessThanOrEqual(0);
    expect(films.hits / films.markers).toBeGreaterThanOrEqual(0.95);
    expect(films.falseBoxes / films.films).toBeLessThan(0.1);
    expect(films).toMatchObject({ saturatedAfter: 0, changedOutside: 0 });
  });
});
