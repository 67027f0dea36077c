// The keys of a bundle: the release key by its fingerprint, on-line keys by the release key's word, and all others by
// the sealed statement.
import { type BundleKey, BundleStatement, payloadTypes, type RunBundle } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { keyIdOf, type KeyLookup, openEnvelope } from '@sidemark/core/signing';
import { openDelegation, parseJson, rawKey } from '../verify-report.ts';
import { at, requireSame } from './place.ts';

export interface BundleKeys {
  readonly release: Uint8Array;
  readonly online: KeyLookup;
}

/** @throws DomainError `fingerprint-mismatch`, and of signatures with the place */
export function openKeys({ releasePublicKey, delegations }: RunBundle, fingerprint: string): BundleKeys {
  const release = at('releasePublicKey', () => rawKey(releasePublicKey));
  const found = keyIdOf(release);
  if (found !== fingerprint)
    throw new DomainError('fingerprint-mismatch', { place: 'releasePublicKey', found });
  const vouched = new Map<string, Uint8Array>();
  delegations.forEach((envelope, index) => {
    const { online } = at(`delegations.${index}`, () => openDelegation(envelope, release));
    vouched.set(online.keyId, rawKey(online.publicKey));
  });
  return { release, online: (id) => vouched.get(id) };
}

/** The statement is the sealed one, and its keys are what their ids say. @throws DomainError with the place */
export function checkSeal({ statement, seal }: RunBundle, { release, online }: BundleKeys): void {
  const sealed = at('seal', () => {
    const { payload } = openEnvelope(seal, payloadTypes.bundle, online);
    return BundleStatement.parse(parseJson(payload));
  });
  requireSame('statement', statement, sealed);
  statement.keys.forEach(({ keyId, publicKey, role }, index) => {
    const place = `statement.keys.${index}`;
    requireSame(`${place}.keyId`, keyId, keyIdOf(rawKey(publicKey)));
    const known = role === 'release' ? keyIdOf(release) === keyId : role === 'site' || online(keyId);
    if (!known) throw new DomainError('signer-unknown', { place, role, keyId });
  });
}

/** @throws DomainError `signer-unknown`, `key-revoked`, `key-not-valid`: no valid key of the role at that instant */
export function requireValid(
  keys: readonly BundleKey[],
  { keyId, role, site }: Pick<BundleKey, 'keyId' | 'role' | 'site'>,
  at: string,
): BundleKey {
  const key = keys.find((candidate) => candidate.keyId === keyId);
  if (key === undefined) throw new DomainError('signer-unknown', { keyId });
  if (key.role !== role || key.site !== site) throw new DomainError('signer-role', { keyId, role: key.role });
  if (key.revokedAt !== null && at >= key.revokedAt) throw new DomainError('key-revoked', { keyId, at });
  if (at < key.validFrom || (key.validUntil !== null && at >= key.validUntil))
    throw new DomainError('key-not-valid', { keyId, at });
  return key;
}
