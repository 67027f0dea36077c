// The passphrase is asked of whoever sits at the page, and not without end.
import { beforeEach, expect, it } from '@jest/globals';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { saveKey } from '../identity/key.store.ts';
import { openDataDirectory, type DataDirectory } from '../platform/disk/data-directory.ts';
import { systemRandom } from '../platform/random.ts';
import { PassphraseGate } from './passphrase-gate.ts';

const passphrase = 'a long enough passphrase';
let directory: DataDirectory;
let now = 0;
const clock = { now: () => new Date(now), sleep: () => Promise.resolve() };

beforeEach(async () => {
  now = Date.parse('2026-11-27T10:00:00Z');
  directory = await openDataDirectory(join(await mkdtemp(join(tmpdir(), 'sidemark-')), 'data'));
});

it('lets the right passphrase pass, and no other', async () => {
  await saveKey(directory.siteKey, systemRandom.bytes(32), passphrase, systemRandom);
  const gate = new PassphraseGate(directory, clock);
  await gate.require(passphrase);
  for (const wrong of [undefined, '', `${passphrase} `])
    await expect(gate.require(wrong)).rejects.toMatchObject({ code: 'passphrase-wrong' });
});

it('takes no word for a key without a passphrase: there is nothing to ask for', async () => {
  await saveKey(directory.siteKey, systemRandom.bytes(32), undefined, systemRandom);
  const gate = new PassphraseGate(directory, clock);
  await expect(gate.require('')).rejects.toMatchObject({ code: 'console-key-unlocked' });
});

it('pauses for a minute after five wrong ones, also for the right one', async () => {
  await saveKey(directory.siteKey, systemRandom.bytes(32), passphrase, systemRandom);
  const gate = new PassphraseGate(directory, clock);
  // all at once: they are taken one after the other
  const tried = await Promise.allSettled(Array.from({ length: 7 }, () => gate.require('wrong')));
  const codes = tried.map((one) => (one.status === 'rejected' ? (one.reason as { code: string }).code : ''));
  expect(codes).toEqual([...Array<string>(5).fill('passphrase-wrong'), 'rate-limited', 'rate-limited']);
  await expect(gate.require(passphrase)).rejects.toMatchObject({
    code: 'rate-limited',
    details: { retryAfterSeconds: 60 },
  });
  now += 60_000;
  await gate.require(passphrase);
});
