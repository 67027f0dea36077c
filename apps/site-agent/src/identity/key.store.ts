// The site's two secrets on disk: the Ed25519 seed that signs, locked with a passphrase where the site wants that, and
// the secret that keys dataset digests. Neither ever leaves the site.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { assertPrivate, type DataDirectory } from '../platform/disk/data-directory.ts';
import {
  onDisk,
  readIfThere,
  removeDurably,
  writeDurably,
  writeJson,
} from '../platform/disk/durable-file.ts';
import type { Random } from '../platform/random.ts';
import { DomainError } from '@sidemark/core/errors';
import { keyIdOf, lockSeed, signingKeyFromSeed, type SigningKey, unlockSeed } from '@sidemark/core/signing';
import { type KeyFile, readKeyFile } from './key-file.ts';
import { noPassphrase, type PassphraseSource } from './passphrase.ts';
import { z } from 'zod';

const hex32 = z.string().regex(/^[0-9a-f]{64}$/);
const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));
const fromBase64 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'base64'));
const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');

/** The file of a key as it stands. @throws DomainError `data-directory-open`, `key-file-invalid` */
async function findKeyFile(path: string): Promise<KeyFile | undefined> {
  const text = await readIfThere(path);
  if (text === undefined) return undefined;
  await assertPrivate(path);
  return readKeyFile(text);
}

/** What anybody at the site may know of a key without its passphrase. */
export interface KeyFace {
  readonly keyId: string;
  readonly locked: boolean;
}

/** @throws DomainError `data-directory-open`, `key-file-invalid` */
export async function findKeyFace(path: string): Promise<KeyFace | undefined> {
  const file = await findKeyFile(path);
  if (file === undefined) return undefined;
  return 'seed' in file
    ? { keyId: signingKeyFromSeed(fromHex(file.seed)).keyId, locked: false }
    : { keyId: keyIdOf(fromBase64(file.publicKey)), locked: true };
}

/** The key in a file. @throws DomainError also `passphrase-needed`, `passphrase-wrong` */
export async function findKey(path: string, passphrase: PassphraseSource): Promise<SigningKey | undefined> {
  const file = await findKeyFile(path);
  if (file === undefined) return undefined;
  if ('seed' in file) return signingKeyFromSeed(fromHex(file.seed));
  const { kdf, nonce, box } = file;
  const locked = { ...kdf, salt: fromBase64(kdf.salt), nonce: fromBase64(nonce), box: fromBase64(box) };
  const key = signingKeyFromSeed(await unlockSeed(locked, await passphrase()));
  if (base64(key.publicKey) !== file.publicKey)
    throw new DomainError('key-file-invalid', { reason: 'the public key is another one' });
  return key;
}

/**
 * The site key.
 * @throws DomainError `not-enrolled` where there is none, and those of `findKey`
 */
export async function loadSiteKey(
  directory: DataDirectory,
  passphrase: PassphraseSource = noPassphrase,
): Promise<SigningKey> {
  const key = await findKey(directory.siteKey, passphrase);
  if (key === undefined) throw new DomainError('not-enrolled');
  return key;
}

/** Replaces a key file as a whole. @param lockWith passphrase; undefined: the seed lies there in clear. */
export async function saveKey(
  path: string,
  seed: Uint8Array,
  lockWith: string | undefined,
  random: Random,
): Promise<void> {
  await writeJson(path, lockWith === undefined ? plainFile(seed) : await lockedFile(seed, lockWith, random));
}

function plainFile(seed: Uint8Array): KeyFile {
  return { schema: 'sidemark.site-key/1', algorithm: 'ed25519', seed: Buffer.from(seed).toString('hex') };
}

async function lockedFile(seed: Uint8Array, passphrase: string, random: Random): Promise<KeyFile> {
  const { N, r, p, salt, nonce, box } = await lockSeed(seed, passphrase, random.bytes(40));
  return {
    schema: 'sidemark.locked-site-key/1',
    algorithm: 'ed25519',
    publicKey: base64(signingKeyFromSeed(seed).publicKey),
    kdf: { name: 'scrypt', N, r, p, salt: base64(salt) },
    cipher: 'xsalsa20-poly1305',
    nonce: base64(nonce),
    box: base64(box),
  };
}

/** The key there is, or a new one: an enrolment that was cut short goes on with the key it made. */
export async function loadOrMakeSiteKey(
  directory: DataDirectory,
  random: Random,
  passphrase: PassphraseSource = noPassphrase,
  lockWith?: string,
): Promise<SigningKey> {
  if ((await readIfThere(directory.siteKey)) === undefined)
    await saveKey(directory.siteKey, random.bytes(32), lockWith, random);
  return loadSiteKey(directory, lockWith === undefined ? passphrase : () => Promise.resolve(lockWith));
}

/** Takes away drafts that a crash has left in `identity/`: one of them may hold a seed in clear. */
export async function sweepDrafts({ identity }: DataDirectory): Promise<void> {
  const names = await onDisk(() => readdir(identity));
  for (const name of names.filter((one) => one.endsWith('.tmp'))) await removeDurably(join(identity, name));
}

/**
 * The 32 bytes that key this site's dataset digests; made on first use.
 * @throws DomainError `data-directory-open` where others can read them.
 */
export async function loadOrMakeSiteSecret(directory: DataDirectory, random: Random): Promise<Uint8Array> {
  const text = await readIfThere(directory.siteSecret);
  if (text === undefined) {
    const secret = random.bytes(32);
    await writeDurably(directory.siteSecret, `${Buffer.from(secret).toString('hex')}\n`);
    return secret;
  }
  await assertPrivate(directory.siteSecret);
  return fromHex(hex32.parse(text.trim()));
}
