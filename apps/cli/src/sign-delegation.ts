// The one step that needs the release key, done on whatever machine holds it: read the draft, sign these very facts.
import { readFile } from 'node:fs/promises';
import { type Envelope, KeyDelegation, payloadTypes, readWith } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { signingKeyFromSeed, signStatement } from '@sidemark/core/signing';
import { usageError } from '@sidemark/terminal';

/**
 * @param draft what `sidemark key draft` wrote.
 * @param keyFile the release key as the coordinator keeps it: 32 bytes in base64.
 * @throws DomainError `usage` for a file that is neither, `release-key-mismatch`
 */
export async function signDelegation(
  draft: unknown,
  keyFile: string,
): Promise<{ delegation: KeyDelegation; envelope: Envelope }> {
  const parsed = readWith(KeyDelegation, draft);
  if (!parsed.success) throw usageError('the draft is not a list of on-line keys: nothing was signed');
  const text = await readFile(keyFile, 'utf8').catch(() => {
    throw usageError(`the release key cannot be read: ${keyFile}`);
  });
  const seed = Buffer.from(text.trim(), 'base64');
  if (seed.length !== 32) throw usageError(`${keyFile} holds no release key`);
  const key = signingKeyFromSeed(seed);
  if (key.keyId !== parsed.data.releaseKeyId)
    throw new DomainError('release-key-mismatch', { expected: parsed.data.releaseKeyId, found: key.keyId });
  const { payloadType, payload, signatures } = signStatement(payloadTypes.keyDelegation, parsed.data, key);
  return { delegation: parsed.data, envelope: { payloadType, payload, signatures: [...signatures] } };
}
