// The form of a key file: the seed in clear, or in a box that a passphrase opens. Parameters stand in the file, within
// bounds: a file that was put there cannot make the agent take all memory.
import { DomainError } from '@sidemark/core/errors';
import { z } from 'zod';

const algorithm = z.literal('ed25519');
const bytes = (length: number): z.ZodType<string> =>
  z.base64().refine((text) => Buffer.from(text, 'base64').length === length, `${length} bytes in base64`);

const KeyFile = z.discriminatedUnion('schema', [
  z.strictObject({
    schema: z.literal('sidemark.site-key/1'),
    algorithm,
    seed: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  z.strictObject({
    schema: z.literal('sidemark.locked-site-key/1'),
    algorithm,
    publicKey: bytes(32),
    kdf: z.strictObject({
      name: z.literal('scrypt'),
      N: z.literal([2 ** 14, 2 ** 15, 2 ** 16, 2 ** 17, 2 ** 18, 2 ** 19, 2 ** 20]),
      r: z.int().min(8).max(16),
      p: z.int().min(1).max(4),
      salt: bytes(16),
    }),
    cipher: z.literal('xsalsa20-poly1305'),
    nonce: bytes(24),
    box: bytes(48).describe('32 bytes of seed and 16 of tag'),
  }),
]);
export type KeyFile = z.infer<typeof KeyFile>;

/** @throws DomainError `key-file-invalid` naming the field, never its content */
export function readKeyFile(text: string): KeyFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new DomainError('key-file-invalid', { reason: 'it is not JSON' }, { cause });
  }
  const parsed = KeyFile.safeParse(value);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map(({ path }) => path.map(String).join('.') || 'file');
  throw new DomainError('key-file-invalid', { fields });
}
