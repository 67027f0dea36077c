// Whom the site believes: the release key pinned at enrolment, and the on-line keys that key vouches for.
import { KeyDelegation, payloadTypes, type Envelope, type KeyRecord } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { isSoundPublicKey, keyIdOf, openEnvelope, type KeyLookup } from '@sidemark/core/signing';
import type { z } from 'zod';

/** clocks of hospitals and trial offices differ a little */
export const clockToleranceMs = 15 * 60_000;

/** Verifies an envelope, then parses what it says. @throws DomainError of the signing room, or `envelope-malformed`. */
export function openStatement<S extends z.ZodType>(
  envelope: Envelope,
  type: string,
  schema: S,
  lookup: KeyLookup,
): z.output<S> {
  const { payload } = openEnvelope(envelope, type, lookup);
  try {
    return schema.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
  } catch (cause) {
    throw new DomainError(
      'envelope-malformed',
      { reason: 'the statement does not fit its schema' },
      { cause },
    );
  }
}

function assertUsable(key: KeyRecord, at: Date): void {
  const time = at.getTime();
  if (key.role !== 'online') throw new DomainError('signer-role', { keyId: key.keyId, role: key.role });
  if (key.revokedAt !== null && Date.parse(key.revokedAt) <= time)
    throw new DomainError('key-revoked', { keyId: key.keyId });
  const early = time + clockToleranceMs < Date.parse(key.validFrom);
  const late = key.validUntil !== null && time > Date.parse(key.validUntil);
  if (early || late) throw new DomainError('key-not-valid', { keyId: key.keyId });
}

export class CoordinatorTrust {
  readonly releaseKeyId: string;
  readonly #releaseKey: Uint8Array;
  readonly #online = new Map<string, { record: KeyRecord; publicKey: Uint8Array }>();

  /** @param releasePublicKey base64 of the raw key. */
  constructor(releasePublicKey: string) {
    this.#releaseKey = Uint8Array.from(Buffer.from(releasePublicKey, 'base64'));
    this.releaseKeyId = keyIdOf(this.#releaseKey);
  }

  /**
   * Trust in the key a kit names.
   * @throws DomainError `fingerprint-mismatch` for any other key.
   */
  static pinned(releasePublicKey: string, fingerprint: string): CoordinatorTrust {
    const trust = new CoordinatorTrust(releasePublicKey);
    if (trust.releaseKeyId !== fingerprint || !isSoundPublicKey(trust.#releaseKey)) {
      throw new DomainError('fingerprint-mismatch', { expected: fingerprint, found: trust.releaseKeyId });
    }
    return trust;
  }

  isReleaseKey(publicKey: Uint8Array): boolean {
    return keyIdOf(publicKey) === this.releaseKeyId;
  }

  /** For models, protocols and delegations. */
  readonly release: KeyLookup = (keyId) => (keyId === this.releaseKeyId ? this.#releaseKey : undefined);

  /** Remembers the on-line key of a delegation. @throws DomainError when the release key does not vouch for it. */
  admit(delegation: Envelope): KeyRecord {
    const { releaseKeyId, online } = openStatement(
      delegation,
      payloadTypes.keyDelegation,
      KeyDelegation,
      this.release,
    );
    const publicKey = Uint8Array.from(Buffer.from(online.publicKey, 'base64'));
    if (
      releaseKeyId !== this.releaseKeyId ||
      keyIdOf(publicKey) !== online.keyId ||
      !isSoundPublicKey(publicKey)
    ) {
      throw new DomainError('envelope-malformed', { reason: 'the delegation contradicts itself' });
    }
    this.#online.set(online.keyId, { record: online, publicKey });
    return online;
  }

  /** Any on-line key ever vouched for, whatever became of it since. */
  readonly anyOnline: KeyLookup = (keyId) => this.#online.get(keyId)?.publicKey;

  /** For hellos, offers and receipts, judged by the key's state at `at`. The lookup throws the key's own refusal. */
  onlineAt(at: Date): KeyLookup {
    return (keyId) => {
      const known = this.#online.get(keyId);
      if (known !== undefined) assertUsable(known.record, at);
      return known?.publicKey;
    };
  }
}
