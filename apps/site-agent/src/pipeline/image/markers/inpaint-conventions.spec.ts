// Each convention of inpainters fills a known hole with its known answer, in the agent's own session.
import { beforeAll, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';

interface Fill {
  canary?: string | null;
  low?: number;
  high?: number;
  clamped?: number;
  changedOutside?: number;
  refused?: string;
}

const found = new Map<string, { right: Fill; wrong: Fill }>();

beforeAll(() => {
  const script = fileURLToPath(new URL('../../test-support/inpaint-conventions.process.ts', import.meta.url));
  const env = { ...process.env, NODE_OPTIONS: '' };
  const said = execFileSync(process.execPath, ['--import', 'tsx', script], { env, encoding: 'utf8' });
  for (const line of said.trim().split('\n')) {
    const { name, ...fills } = JSON.parse(line) as { name: string; right: Fill; wrong: Fill };
    found.set(name, fills);
  }
});

/** Of the known pixels in the patch: columns 16 to 47 of a ramp of 10 a column from 1000. */
const MEAN = 1315;

describe('inpainters', () => {
  it.each([
    ['lama', 0],
    // of 256 grey levels over 12 bits
    ['mi-gan', 8],
    ['deepfill', 0],
    ['deepfill-4096', 0],
    ['edgeconnect', 0],
    ['float16-known', 1],
  ])('%s paints the mean of what is known', (name, tolerance) => {
    const { right } = found.get(name)!;
    expect(right).toMatchObject({ canary: null, clamped: 0, changedOutside: 0 });
    expect(Math.abs(right.low! - MEAN)).toBeLessThanOrEqual(tolerance);
    expect(Math.abs(right.high! - MEAN)).toBeLessThanOrEqual(tolerance);
  });

  it.each(['lama', 'mi-gan', 'deepfill', 'deepfill-4096', 'edgeconnect'])(
    '%s declared otherwise paints something else, and never outside',
    (name) => {
      const { wrong } = found.get(name)!;
      expect(wrong.changedOutside).toBe(0);
      expect(wrong.low).not.toBe(MEAN);
      expect(wrong.clamped).toBeGreaterThan(0);
    },
  );

  it('that promise to give back what is known are held to it by their canaries', () => {
    for (const name of ['mi-gan', 'deepfill-4096'])
      expect(found.get(name)!.wrong.canary).toMatch(/^known pixels do not come back/);
  });

  it('of another type out are refused when they are loaded', () => {
    expect(found.get('float16-known')!.wrong.refused).toBe('model-unloadable');
  });
});
