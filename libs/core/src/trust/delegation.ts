// The release key's numbered list of on-line keys: opened, drafted, and compared with the one before it.
import { type Envelope, KeyDelegation, type KeyRecord, payloadTypes } from '../contract/index.ts';
import { DomainError } from '../errors/index.ts';
import { decodeBase64, isSoundPublicKey, keyIdOf, openEnvelope } from '../signing/index.ts';
import { keyStateAt } from './key-state.ts';

/**
 * Verifies a delegation and reads it.
 * @param releaseKey raw public key.
 * @throws DomainError of `openEnvelope`, `envelope-malformed`, `signer-role`
 */
export function openDelegation(envelope: Envelope, releaseKey: Uint8Array): KeyDelegation {
  const releaseKeyId = keyIdOf(releaseKey);
  const { payload } = openEnvelope(envelope, payloadTypes.keyDelegation, (id) =>
    id === releaseKeyId ? releaseKey : undefined,
  );
  const delegation = parsed(payload);
  const ids = delegation.online.map(({ keyId }) => keyId);
  if (delegation.releaseKeyId !== releaseKeyId || new Set(ids).size !== ids.length) throw contradiction();
  delegation.online.forEach(requireSoundOnline);
  return delegation;
}

function parsed(payload: Uint8Array): KeyDelegation {
  try {
    return KeyDelegation.parse(JSON.parse(new TextDecoder().decode(payload)));
  } catch (cause) {
    const reason = 'the statement does not fit its schema';
    throw new DomainError('envelope-malformed', { reason }, { cause });
  }
}

function requireSoundOnline({ keyId, publicKey, role }: KeyRecord): void {
  if (role !== 'online') throw new DomainError('signer-role', { keyId, role });
  const raw = decodeBase64(publicKey);
  if (keyIdOf(raw) !== keyId || !isSoundPublicKey(raw)) throw contradiction();
}

const contradiction = (): DomainError =>
  new DomainError('envelope-malformed', { reason: 'the delegation contradicts itself' });

/** The newest on-line key that is valid at this instant and held. @param held ids of the keys at hand. */
export function currentOnline(
  { online }: KeyDelegation,
  at: Date | string,
  held: readonly string[],
): KeyRecord | undefined {
  return online.findLast((key) => held.includes(key.keyId) && keyStateAt(key, at) === 'valid');
}

/**
 * A delegation may add keys, end them and revoke them; it may not forget a key, or give back what was taken.
 * @throws DomainError `delegation-invalid` naming what is wrong
 */
export function requireSuccessor(previous: KeyDelegation, next: KeyDelegation): void {
  const wrong = [
    ...(next.number === previous.number + 1 ? [] : [`number ${next.number} after ${previous.number}`]),
    ...(next.issuedAt >= previous.issuedAt ? [] : ['issued before the one it follows']),
    ...previous.online.flatMap((key, index) => changesOf(key, next.online[index])),
  ];
  if (wrong.length > 0) throw new DomainError('delegation-invalid', { wrong });
}

function changesOf(before: KeyRecord, after: KeyRecord | undefined): string[] {
  if (before.keyId !== after?.keyId || before.publicKey !== after.publicKey)
    return [`key ${before.keyId} is missing or out of place`];
  const isLater = (was: string | null, is: string | null): boolean =>
    was !== null && (is === null || is > was);
  return [
    ...(before.validFrom === after.validFrom ? [] : ['beginning']),
    ...(isLater(before.validUntil, after.validUntil) ? ['end'] : []),
    ...(isLater(before.revokedAt, after.revokedAt) ? ['revocation'] : []),
  ].map((what) => `${what} of key ${before.keyId} was changed`);
}
