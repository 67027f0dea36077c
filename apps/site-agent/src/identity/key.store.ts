// The site's two secrets on disk: the Ed25519 seed that signs, and the secret that keys dataset digests. Neither
// ever leaves the site.
import { assertPrivate, type DataDirectory } from '../platform/disk/data-directory.ts';
import { readIfThere, writeDurably, writeJson } from '../platform/disk/durable-file.ts';
import type { Random } from '../platform/random.ts';
import { DomainError } from '@sidemark/core/errors';
import { signingKeyFromSeed, type SigningKey } from '@sidemark/core/signing';
import { z } from 'zod';

const hex32 = z.string().regex(/^[0-9a-f]{64}$/);
const KeyFile = z.strictObject({
  schema: z.literal('sidemark.site-key/1'),
  algorithm: z.literal('ed25519'),
  seed: hex32,
});

const fromHex = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'hex'));

/**
 * The site key.
 * @throws DomainError `not-enrolled` where there is none, `data-directory-open` where others can read it.
 */
export async function loadSiteKey(directory: DataDirectory): Promise<SigningKey> {
  const text = await readIfThere(directory.siteKey);
  if (text === undefined) throw new DomainError('not-enrolled');
  await assertPrivate(directory.siteKey);
  return signingKeyFromSeed(fromHex(KeyFile.parse(JSON.parse(text)).seed));
}

/** The key there is, or a new one: an enrolment that was cut short goes on with the key it made. */
export async function loadOrMakeSiteKey(directory: DataDirectory, random: Random): Promise<SigningKey> {
  if ((await readIfThere(directory.siteKey)) === undefined) {
    const seed = Buffer.from(random.bytes(32)).toString('hex');
    await writeJson(directory.siteKey, { schema: 'sidemark.site-key/1', algorithm: 'ed25519', seed });
  }
  return loadSiteKey(directory);
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
