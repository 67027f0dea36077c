import { describe, expect, it } from '@jest/globals';
import { Slots } from './slots.ts';

/** Work that ends when it is told to. */
function piece(): {
  readonly work: () => Promise<void>;
  readonly started: () => boolean;
  readonly end: () => void;
} {
  let [hasStarted, end] = [false, (): void => undefined];
  const done = new Promise<void>((resolve) => (end = resolve));
  const work = (): Promise<void> => {
    hasStarted = true;
    return done;
  };
  return { work, started: () => hasStarted, end: () => end() };
}
const soon = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('slots', () => {
  it('run so many at the same time and the others in the order they came', async () => {
    const slots = new Slots(2);
    const pieces = [piece(), piece(), piece(), piece()];
    const all = pieces.map(({ work }) => slots.run(work));
    await soon();
    expect(pieces.map(({ started }) => started())).toEqual([true, true, false, false]);
    pieces[1]?.end();
    await soon();
    expect(pieces.map(({ started }) => started())).toEqual([true, true, true, false]);
    pieces.forEach(({ end }) => end());
    await Promise.all(all);
  });

  it('are given back by work that fails', async () => {
    const slots = new Slots(1);
    await expect(slots.run(() => Promise.reject(new Error('no')))).rejects.toThrow('no');
    expect(await slots.run(() => Promise.resolve(7))).toBe(7);
  });

  it('let work within work through, also when all are taken', async () => {
    const slots = new Slots(1);
    expect(await slots.run(() => slots.run(() => Promise.resolve(7)))).toBe(7);
  });
});
