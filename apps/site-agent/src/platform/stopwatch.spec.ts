import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from '@jest/globals';
import { timed, timedFilm } from './stopwatch.ts';

describe('the stopwatch of a film', () => {
  it('adds up each part, within the whole, and begins anew with each film', async () => {
    const first = await timedFilm(async () => {
      await timed('decode', () => sleep(30));
      await timed('inference', () => sleep(20));
      await timed('inference', () => sleep(20));
      return 'scored';
    });
    expect(first.answer).toBe('scored');
    expect(first.took.decode).toBeGreaterThan(0.025);
    expect(first.took.inference).toBeGreaterThan(0.035);
    expect(first.took.total).toBeGreaterThanOrEqual(first.took.decode + first.took.inference);
    const second = await timedFilm(() => Promise.resolve());
    expect(second.took).toMatchObject({ decode: 0, inference: 0 });
  });

  it('counts work that fails, and lets it fail', async () => {
    const { took } = await timedFilm(async () => {
      const broken = timed('decode', async () => {
        await sleep(20);
        throw new RangeError('no picture');
      });
      await expect(broken).rejects.toThrow('no picture');
    });
    expect(took.decode).toBeGreaterThan(0.015);
  });
});
