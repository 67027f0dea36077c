// The keys of a bundle: the release key by its fingerprint, on-line keys by the release key's lists, the keys of sites
// by the sealed statement, each later one named by the key before it.
import {
  type BundleKey,
  BundleStatement,
  type KeyDelegation,
  type KeyRecord,
  payloadTypes,
  type RunBundle,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { keyIdOf, type KeyLookup, openEnvelope } from '@sidemark/core/signing';
import { openDelegation, openSuccession, requireKey, requireSuccessor } from '@sidemark/core/trust';
import { among, parseJson, rawKey } from '../verify-report.ts';
import { at, requireSame } from './place.ts';

export interface BundleKeys {
  readonly release: Uint8Array;
  /** every on-line key of the newest list, with its validity */
  readonly records: readonly KeyRecord[];
  readonly online: KeyLookup;
}

/** @throws DomainError `fingerprint-mismatch`, and of signatures and lists with the place */
export function openKeys({ releasePublicKey, delegations }: RunBundle, fingerprint: string): BundleKeys {
  const release = at('releasePublicKey', () => rawKey(releasePublicKey));
  const found = keyIdOf(release);
  if (found !== fingerprint)
    throw new DomainError('fingerprint-mismatch', { place: 'releasePublicKey', found });
  let newest: KeyDelegation | undefined;
  for (const [index, envelope] of delegations.entries()) {
    const before = newest;
    newest = at(`delegations.${index}`, () => {
      const delegation = openDelegation(envelope, release);
      if (before !== undefined) requireSuccessor(before, delegation);
      else requireSame('number', delegation.number, 1);
      return delegation;
    });
  }
  const records = newest?.online ?? [];
  return { release, records, online: among(records) };
}

/** The statement is the sealed one, and its keys are what their ids say. @throws DomainError with the place */
export function checkSeal({ statement, seal }: RunBundle, { release, records, online }: BundleKeys): void {
  const sealed = at('seal', () => {
    const { payload, keyId } = openEnvelope(seal, payloadTypes.bundle, online);
    const parsed = BundleStatement.parse(parseJson(payload));
    requireValid(records, { keyId, role: 'online' }, parsed.exportedAt);
    return parsed;
  });
  requireSame('statement', statement, sealed);
  statement.keys.forEach((key, index) => {
    const place = `statement.keys.${index}`;
    requireSame(`${place}.keyId`, key.keyId, keyIdOf(rawKey(key.publicKey)));
    if (key.role === 'site') at(place, () => requireNamed(key, statement.keys));
    else if (key.role === 'online') requireListed(place, key, records);
    else requireSame(`${place}.keyId`, key.keyId, keyIdOf(release));
  });
}

/** What is said of an on-line key is what the release key said of it. */
function requireListed(place: string, key: BundleKey, records: readonly KeyRecord[]): void {
  const listed = records.find(({ keyId }) => keyId === key.keyId);
  if (listed === undefined)
    throw new DomainError('signer-unknown', { place, role: key.role, keyId: key.keyId });
  requireSame(place, key, { ...listed, site: null, succession: null });
}

/** The key of an enrolment, or one that a key of the same site, valid until then, has named. */
function requireNamed(key: BundleKey, keys: readonly BundleKey[]): void {
  if (key.succession === null) return;
  const siblings = keys.filter(({ role, site }) => role === 'site' && site === key.site);
  const { site, oldKeyId, newKeyId } = openSuccession(key.succession, among(siblings));
  requireSame('succession', { site, newKeyId }, { site: key.site, newKeyId: key.keyId });
  const justBefore = new Date(Date.parse(key.validFrom) - 1).toISOString();
  requireValid(siblings, { keyId: oldKeyId, role: 'site' }, justBefore);
}

/**
 * @throws DomainError `signer-unknown`, `signer-role`, `key-revoked`, `key-not-yet-valid`, `key-expired`: no valid key
 *   of the role at that instant
 */
export function requireValid<K extends KeyRecord>(
  keys: readonly K[],
  { keyId, role }: Pick<KeyRecord, 'keyId' | 'role'>,
  at: string,
): K {
  const key = keys.find((candidate) => candidate.keyId === keyId);
  if (key === undefined) throw new DomainError('signer-unknown', { keyId });
  requireKey(key, role, at);
  return key;
}
