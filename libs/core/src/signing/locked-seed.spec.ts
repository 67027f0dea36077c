import { expect, test } from '@jest/globals';
import { lockSeed, strongScrypt, unlockSeed } from './locked-seed.ts';

const seed = Uint8Array.from({ length: 32 }, (_, i) => i);
const random = new Uint8Array(40).fill(7);
/** what is tested here does not depend on the cost */
const cheap = { N: 2 ** 14, r: 8, p: 1 };
const wrong = expect.objectContaining({ code: 'passphrase-wrong' });

test('the strong cost opens what it locked, and takes 128 MiB', async () => {
  expect(128 * strongScrypt.N * strongScrypt.r).toBe(128 * 1024 * 1024);
  const locked = await lockSeed(seed, 'correct horse battery', random);
  expect(locked).toMatchObject({ N: 131072, r: 8, p: 1 });
  expect(await unlockSeed(locked, 'correct horse battery')).toEqual(seed);
});

test('opens with the same passphrase however it is composed, and with no other', async () => {
  const locked = await lockSeed(seed, 'schlüssel für nord', random, cheap);
  expect(await unlockSeed(locked, 'schlüssel für nord'.normalize('NFD'))).toEqual(seed);
  await expect(unlockSeed(locked, 'schlussel fur nord')).rejects.toEqual(wrong);
  await expect(unlockSeed(locked, '')).rejects.toEqual(wrong);
});

test.each(['salt', 'nonce', 'box'] as const)('does not open with one bit of the %s changed', async (part) => {
  const locked = await lockSeed(seed, 'correct horse battery', random, cheap);
  const altered = Uint8Array.from(locked[part]);
  altered[0]! ^= 1;
  await expect(unlockSeed({ ...locked, [part]: altered }, 'correct horse battery')).rejects.toEqual(wrong);
});

test('the box holds neither seed nor passphrase', async () => {
  const { box } = await lockSeed(seed, 'correct horse battery', random, cheap);
  const hex = Buffer.from(box).toString('hex');
  expect(hex).not.toContain(Buffer.from(seed).toString('hex').slice(0, 16));
  expect(Buffer.from(box).includes('horse')).toBe(false);
});
