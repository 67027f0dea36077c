import { chmod, mkdtemp, readdir, readFile, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from '@jest/globals';
import { payloadTypes } from '@sidemark/core/contract';
import { base64, delegationOf, onlineKey, releaseKey, seal, strangerKey } from '../jobs/trial.sample.ts';
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
  expect(trust.onlineAt(now)(onlineKey.keyId)).toEqual(onlineKey.publicKey);
  expect(trust.release(onlineKey.keyId)).toBeUndefined();
});

test.each([
  ['not yet valid', { validFrom: '2027-01-01T00:00:00.000Z' }, 'key-not-valid'],
  ['out of date', { validUntil: '2026-01-01T00:00:00.000Z' }, 'key-not-valid'],
  ['revoked', { revokedAt: '2026-01-01T00:00:00.000Z' }, 'key-revoked'],
  ['of another role', { role: 'site' }, 'signer-role'],
])('refuses an on-line key that is %s', (_what, change, code) => {
  const record = {
    keyId: onlineKey.keyId,
    publicKey: base64(onlineKey.publicKey),
    role: 'online',
    validFrom: '2025-01-01T00:00:00.000Z',
    validUntil: null,
    revokedAt: null,
    ...change,
  };
  const statement = { schema: 'sidemark.key-delegation/1', releaseKeyId: releaseKey.keyId, online: record };
  const trust = new CoordinatorTrust(base64(releaseKey.publicKey));
  trust.admit(seal(payloadTypes.keyDelegation, statement, releaseKey));
  expect(() => trust.onlineAt(now)(onlineKey.keyId)).toThrow(expect.objectContaining({ code }));
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
