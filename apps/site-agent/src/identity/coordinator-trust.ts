// Whom the site believes: the release key pinned at enrolment, and the on-line keys that key vouches for.
import type { Envelope, KeyDelegation, KeyRecord } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { isSoundPublicKey, keyIdOf, openEnvelope, type KeyLookup } from '@sidemark/core/signing';
import { openDelegation, requireKey } from '@sidemark/core/trust';
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

export class CoordinatorTrust {
  readonly releaseKeyId: string;
  readonly #releaseKey: Uint8Array;
  readonly #online = new Map<string, { record: KeyRecord; publicKey: Uint8Array }>();
  #seen: { readonly number: number; readonly payload: string } | undefined;

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

  /**
   * Takes a list of on-line keys, unless an older one than was seen before.
   * @throws DomainError when the release key does not vouch for it, `delegation-rolled-back`
   */
  admit(envelope: Envelope): KeyDelegation {
    const delegation = openDelegation(envelope, this.#releaseKey);
    const seen = this.#seen;
    const isOlder = seen !== undefined && delegation.number < seen.number;
    // one number, one list: two of them are a split view
    const isOther = delegation.number === seen?.number && envelope.payload !== seen.payload;
    if (isOlder || isOther)
      throw new DomainError('delegation-rolled-back', { seen: seen?.number ?? 0, shown: delegation.number });
    this.#seen = { number: delegation.number, payload: envelope.payload };
    this.#online.clear();
    for (const record of delegation.online) {
      this.#online.set(record.keyId, { record, publicKey: Buffer.from(record.publicKey, 'base64') });
    }
    return delegation;
  }

  /** The on-line keys of the newest list, oldest first. */
  get onlineKeys(): KeyRecord[] {
    return [...this.#online.values()].map(({ record }) => record);
  }

  /** Any on-line key ever vouched for, whatever became of it since. */
  readonly anyOnline: KeyLookup = (keyId) => this.#online.get(keyId)?.publicKey;

  /** Any that is not revoked by now, though another may have followed it. The lookup throws `key-revoked`. */
  readonly unrevokedOnline: KeyLookup = (keyId) => {
    const known = this.#online.get(keyId);
    if (known !== undefined && known.record.revokedAt !== null)
      throw new DomainError('key-revoked', { keyId, since: known.record.revokedAt });
    return known?.publicKey;
  };

  /** For hellos, offers and receipts, judged by the key's state at `at`. The lookup throws the key's own refusal. */
  onlineAt(at: Date): KeyLookup {
    return (keyId) => {
      const known = this.#online.get(keyId);
      if (known !== undefined) requireKey(known.record, 'online', at, clockToleranceMs);
      return known?.publicKey;
    };
  }
}
