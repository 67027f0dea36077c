// The doors of keys: a site's next key, the list of on-line keys, and the key file on a site's disk.
import { chmod, readFile, writeFile } from 'node:fs/promises';
import {
  type KeyDelegation,
  type KeyRotation,
  payloadTypes,
  type RotateSiteKey,
} from '@sidemark/core/contract';
import { keyIdOf, type SigningKey } from '@sidemark/core/signing';
import { addSampleSite, type SampleSite } from '../../apps/coordinator/src/models/site.sample.ts';
import { KeysStore } from '../../apps/coordinator/src/platform/keys/keys.store.ts';
import { loadSiteKey, saveKey } from '../../apps/site-agent/src/identity/key.store.ts';
import {
  delegationOf,
  onlineKey,
  releaseKey,
  strangerKey,
} from '../../apps/site-agent/src/jobs/trial.sample.ts';
import { systemRandom } from '../../apps/site-agent/src/platform/random.ts';
import { rotationBody, rotationStatement, sealed } from '../support/rotation.ts';
import { newKey } from '../support/site.ts';
import { agentCase } from './agent-room.ts';
import type { HostileCase } from './hostile.ts';
import type { World } from './world.ts';

const { keyRotation, keyPossession } = payloadTypes;
let made = 0;
const freshSite = ({ bench }: World): Promise<SampleSite> =>
  addSampleSite(bench.coordinator.app, bench.alpha.study, `rotates-${(made += 1)}`);

const send = (world: World, path: string, body: unknown, token: string | null) =>
  world.request('POST', path, JSON.stringify(body), token);

type Compose = (site: SampleSite, next: SigningKey, world: World) => unknown;
/** A rotation of a fresh site, composed by somebody; `after` are fair means that come first. */
const rotation = (
  expected: string,
  name: string,
  compose: Compose,
  after: (world: World, site: SampleSite, next: SigningKey) => Promise<unknown> = () => Promise.resolve(),
): HostileCase => ({
  door: 'rotation',
  name,
  expected,
  prepare: async (world) => {
    const [site, next] = [await freshSite(world), newKey()];
    await after(world, site, next);
    return () => send(world, '/api/site-keys/rotation', compose(site, next, world), null);
  },
});
const changed = (
  expected: string,
  name: string,
  changes: (world: World) => Partial<KeyRotation>,
): HostileCase => rotation(expected, name, (site, next, world) => rotationBody(site, next, changes(world)));
const honest: Compose = (site, next) => rotationBody(site, next);
const twoSignatures = (
  site: SampleSite,
  next: SigningKey,
  succession: SigningKey,
  possession: SigningKey,
): RotateSiteKey => {
  const statement = rotationStatement(site, next);
  return {
    succession: sealed(keyRotation, statement, succession),
    possession: sealed(keyPossession, statement, possession),
  };
};
const weak = Buffer.concat([Buffer.from([1]), Buffer.alloc(31)]);

const rotationCases: HostileCase[] = [
  rotation('signer-unknown', 'by a stranger', (site, next) => twoSignatures(site, next, newKey(), next)),
  rotation('signer-role', 'by the on-line key', (site, next, { bench }) =>
    twoSignatures(site, next, bench.onlineKey, next),
  ),
  rotation('key-rotation-invalid', 'by a key of another site', (site, next, { bench }) =>
    twoSignatures(site, next, bench.alpha.key, next),
  ),
  rotation('signature-invalid', 'forged under the old key’s id', (site, next) =>
    twoSignatures(site, next, { ...newKey(), keyId: site.key.keyId }, next),
  ),
  rotation('signer-unknown', 'to a key that the sender does not have', (site, next) =>
    twoSignatures(site, next, site.key, newKey()),
  ),
  rotation('signature-invalid', 'with the new signature forged', (site, next) =>
    twoSignatures(site, next, site.key, { ...newKey(), keyId: next.keyId }),
  ),
  rotation('envelope-type-unexpected', 'with both envelopes swapped', (site, next) => {
    const { succession, possession } = rotationBody(site, next);
    return { succession: { ...possession, signatures: succession.signatures }, possession: succession };
  }),
  rotation('invalid-input', 'without the new signature', (site, next) => ({
    succession: rotationBody(site, next).succession,
  })),
  rotation('invalid-input', 'with one key more', (site, next) => ({
    ...rotationBody(site, next),
    admin: true,
  })),
  changed('key-rotation-invalid', 'for another site', ({ bench }) => ({ site: bench.beta.id })),
  changed('key-rotation-invalid', 'for another study', ({ study }) => ({ study })),
  changed('signature-non-canonical', 'to a key of small order', () => ({
    newKeyId: keyIdOf(weak),
    newPublicKey: weak.toString('base64'),
  })),
  rotation('key-rotation-conflict', 'to the key of another site', (site, _next, { bench }) =>
    rotationBody(site, bench.beta.key),
  ),
  rotation(
    'key-rotation-conflict',
    'by a key that was followed already',
    (site) => rotationBody(site, newKey()),
    (world, site, next) => send(world, '/api/site-keys/rotation', rotationBody(site, next), null),
  ),
  rotation('key-revoked', 'by a revoked key', honest, ({ bench }, site) =>
    bench.post(`/api/site-keys/${site.key.keyId}/revoke`),
  ),
  rotation('site-suspended', 'by a suspended site', honest, ({ bench }, site) =>
    bench.post(`/api/sites/${site.id}/suspend`),
  ),
  rotation('key-revoked', 'replayed after the new key was revoked', honest, async (world, site, next) => {
    await send(world, '/api/site-keys/rotation', rotationBody(site, next), null);
    await world.bench.post(`/api/site-keys/${next.keyId}/revoke`);
  }),
  rotation('accepted', 'replayed: its old answer', honest, (world, site, next) =>
    send(world, '/api/site-keys/rotation', rotationBody(site, next), null),
  ),
];

const list = (
  expected: string,
  name: string,
  compose: (keys: KeysStore, world: World) => unknown,
  token: (world: World) => string | null = ({ bench }) => bench.coordinator.adminToken,
): HostileCase => ({
  door: 'on-line keys',
  name,
  expected,
  prepare: async (world) => {
    const body = await compose(world.bench.coordinator.app.get(KeysStore), world);
    return () => send(world, '/api/keys/delegations', body, token(world));
  },
});
const signedList = (expected: string, name: string, change: (listed: KeyDelegation) => object): HostileCase =>
  list(expected, name, (keys) => {
    const next = { ...keys.listed, number: keys.listed.number + 1, issuedAt: new Date().toISOString() };
    return keys.signAsRelease(payloadTypes.keyDelegation, { ...next, ...change(next) });
  });
const { keyDelegation } = payloadTypes;
const strange = {
  keyId: strangerKey.keyId,
  publicKey: Buffer.from(strangerKey.publicKey).toString('base64'),
  role: 'online',
  validFrom: '2026-01-01T00:00:00.000Z',
  validUntil: null,
  revokedAt: null,
} as const;

const listCases: HostileCase[] = [
  list('signer-unknown', 'a list signed by the on-line key', ({ listed, online }) =>
    sealed(keyDelegation, { ...listed, number: listed.number + 1 }, online),
  ),
  list('signature-invalid', 'a list forged under the release key id', ({ listed, release }) =>
    sealed(keyDelegation, listed, { ...strangerKey, keyId: release.keyId }),
  ),
  list('envelope-type-unexpected', 'a protocol for a list', (keys) =>
    keys.signAsRelease(payloadTypes.protocol, keys.listed),
  ),
  list(
    'forbidden',
    'a list brought by a site',
    ({ delegation }) => delegation,
    ({ bench }) => bench.alpha.token,
  ),
  signedList('delegation-invalid', 'a list that skips a number', ({ number }) => ({ number: number + 1 })),
  signedList('delegation-invalid', 'a list that forgets a key', () => ({ online: [strange] })),
  signedList('delegation-invalid', 'a list with nothing to sign with', ({ online }) => ({
    online: [...online.map((key) => ({ ...key, revokedAt: '2026-11-23T00:00:00.000Z' })), strange],
  })),
  signedList('signer-role', 'a list with a site key for an on-line key', ({ online }) => ({
    online: [...online, { ...strange, role: 'site' }],
  })),
  signedList('envelope-malformed', 'a list with one key twice', ({ online }) => ({
    online: [...online, ...online],
  })),
];

const atSite = agentCase('site keys');
const passphrase = 'correct horse battery';
const keyFile = (
  expected: string,
  name: string,
  alter: (text: string) => string,
  said: string = passphrase,
): HostileCase =>
  atSite(expected, `a key file ${name}`, async ({ directory }) => {
    await saveKey(directory.siteKey, new Uint8Array(32).fill(4), passphrase, systemRandom);
    await writeFile(directory.siteKey, alter(await readFile(directory.siteKey, 'utf8')));
    return () => loadSiteKey(directory, () => Promise.resolve(said));
  });
const field = (change: object) => (text: string) =>
  JSON.stringify({ ...(JSON.parse(text) as object), ...change });
const cost = { name: 'scrypt', N: 2 ** 17, r: 8, p: 1, salt: Buffer.alloc(16).toString('base64') };

const siteCases: HostileCase[] = [
  atSite('delegation-rolled-back', 'an older list of on-line keys', ({ trust }) => {
    trust.admit(delegationOf(onlineKey, releaseKey, { number: 3 }));
    return () => trust.admit(delegationOf(onlineKey, releaseKey, { number: 2 }));
  }),
  atSite('delegation-rolled-back', 'another list of the same number', ({ trust }) => {
    return () => trust.admit(delegationOf(strangerKey, releaseKey, { number: 1 }));
  }),
  keyFile('passphrase-wrong', 'with a wrong passphrase', (text) => text, 'correct horse batterie'),
  keyFile('passphrase-wrong', 'with another salt', field({ kdf: cost })),
  keyFile('key-file-invalid', 'that wants a terabyte of memory', field({ kdf: { ...cost, N: 2 ** 30 } })),
  keyFile('key-file-invalid', 'with a weaker cost than any of ours', field({ kdf: { ...cost, N: 2 } })),
  keyFile('key-file-invalid', 'cut short', (text) => text.slice(0, 100)),
  keyFile('key-file-invalid', 'with one key more', field({ comment: 'x' })),
  keyFile('key-file-invalid', 'that names another public key', field({ publicKey: strange.publicKey })),
  atSite('data-directory-open', 'a key file that others can read', async ({ directory }) => {
    await saveKey(directory.siteKey, new Uint8Array(32).fill(4), undefined, systemRandom);
    await chmod(directory.siteKey, 0o644);
    return () => loadSiteKey(directory);
  }),
  atSite('passphrase-needed', 'a locked key and nobody to ask', async ({ directory }) => {
    await saveKey(directory.siteKey, new Uint8Array(32).fill(4), passphrase, systemRandom);
    return () => loadSiteKey(directory);
  }),
];

export const keyCases = [...rotationCases, ...listCases, ...siteCases];
