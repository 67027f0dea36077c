import { chmod, mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { base64, delegationOf, onlineKey, releaseKey, strangerKey } from '../jobs/trial.sample.ts';
import { openDataDirectory } from '../platform/disk/data-directory.ts';
import { systemRandom } from '../platform/random.ts';
import { CoordinatorTrust } from './coordinator-trust.ts';
import { loadOrMakeSiteKey, loadOrMakeSiteSecret, loadSiteKey } from './key.store.ts';

const fresh = async (): Promise<ReturnType<typeof openDataDirectory>> =>
  openDataDirectory(join(await mkdtemp(join(tmpdir(), 'sidemark-')), 'data'));
const now = new Date('2026-06-01T00:00:00Z');

test('key and secret are made once, private, and refused where others can read them', async () => {
  const directory = await fresh();
  await expect(loadSiteKey(directory)).rejects.toMatchObject({ code: 'not-enrolled' });
  const { keyId } = await loadOrMakeSiteKey(directory, systemRandom);
  const secret = await loadOrMakeSiteSecret(directory, systemRandom);
  expect((await loadOrMakeSiteKey(directory, systemRandom)).keyId).toBe(keyId);
  expect(await loadOrMakeSiteSecret(directory, systemRandom)).toEqual(Uint8Array.from(secret));
  expect((await stat(directory.siteSecret)).mode & 0o777).toBe(0o600);
  await chmod(directory.siteKey, 0o640);
  await expect(loadSiteKey(directory)).rejects.toMatchObject({ code: 'data-directory-open' });
});

test('trusts an on-line key on the word of the release key alone', () => {
  const trust = new CoordinatorTrust(base64(releaseKey.publicKey));
  expect(() => trust.admit(delegationOf(onlineKey, strangerKey))).toThrow(
    expect.objectContaining({ code: 'signer-unknown' }),
  );
  expect(trust.onlineAt(now)(onlineKey.keyId)).toBeUndefined();
  trust.admit(delegationOf(onlineKey));
  expect(trust.onlineAt(now)(onlineKey.keyId)).toEqual(Buffer.from(onlineKey.publicKey));
  expect(trust.release(onlineKey.keyId)).toBeUndefined();
});

test.each([
  ['not yet valid', { validFrom: '2027-01-01T00:00:00.000Z' }, 'key-not-yet-valid'],
  ['out of date', { validUntil: '2026-01-01T00:00:00.000Z' }, 'key-expired'],
  ['revoked', { revokedAt: '2026-01-01T00:00:00.000Z' }, 'key-revoked'],
])('refuses an on-line key that is %s', (_what, record, code) => {
  const trust = new CoordinatorTrust(base64(releaseKey.publicKey));
  trust.admit(delegationOf(onlineKey, releaseKey, { record }));
  expect(() => trust.onlineAt(now)(onlineKey.keyId)).toThrow(expect.objectContaining({ code }));
  expect(trust.anyOnline(onlineKey.keyId)).toEqual(Buffer.from(onlineKey.publicKey));
});

test('takes no list of on-line keys with a key of another role, nor one older than it has seen', () => {
  const trust = new CoordinatorTrust(base64(releaseKey.publicKey));
  const listed = (number: number, record = {}) => delegationOf(onlineKey, releaseKey, { number, record });
  const refused = (code: string) => expect.objectContaining({ code });
  expect(() => trust.admit(listed(1, { role: 'site' }))).toThrow(refused('signer-role'));
  trust.admit(listed(2, { revokedAt: '2026-01-01T00:00:00.000Z' }));
  expect(() => trust.admit(listed(1))).toThrow(refused('delegation-rolled-back'));
  expect(() => trust.admit(listed(2))).toThrow(refused('delegation-rolled-back'));
  expect(() => trust.unrevokedOnline(onlineKey.keyId)).toThrow(refused('key-revoked'));
  expect(trust.admit(listed(4)).number).toBe(4);
  expect(trust.unrevokedOnline(onlineKey.keyId)).toBeDefined();
});

test('one file signs: no other source of the agent reaches for a signing function', async () => {
  const source = new URL('..', import.meta.url);
  const files = (await readdir(source, { recursive: true })).filter((name) =>
    /(?<!\.(spec|sample|tmp))\.ts$/.test(name),
  );
  const signing = [];
  for (const name of files) {
    if (
      /\b(signStatement|signBytes|preAuthEncoding|nacl)\b/.test(await readFile(new URL(name, source), 'utf8'))
    )
      signing.push(name);
  }
  expect(signing).toEqual(['identity/site-signer.ts']);
});
