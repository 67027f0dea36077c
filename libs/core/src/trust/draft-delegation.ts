// The next delegation, unsigned: what a change makes of the list before it. Pure.
import type { DelegationChange, KeyDelegation, KeyRecord } from '../contract/index.ts';
import { DomainError } from '../errors/index.ts';
import { currentOnline } from './delegation.ts';

export interface NextKey {
  readonly keyId: string;
  /** base64 of the raw key */
  readonly publicKey: string;
}

const hourMs = 3_600_000;
const later = (at: Date, hours: number): string => new Date(at.getTime() + hours * hourMs).toISOString();

/**
 * @param next the key that takes over, where `change.rotate` says so.
 * @param held ids of the keys whose seeds the coordinator has or, of `next`, will have.
 * @throws DomainError `not-found` for a key to revoke that is no on-line key, `state-conflict` where no key would be
 *   left to sign with
 */
export function draftDelegation(
  previous: KeyDelegation,
  change: DelegationChange,
  next: NextKey,
  held: readonly string[],
  now: Date,
): KeyDelegation {
  const unknown = change.revoke.filter((id) => !previous.online.some(({ keyId }) => keyId === id));
  if (unknown.length > 0) throw new DomainError('not-found', { what: 'on-line key', keys: unknown });
  const revoked = previous.online.map((key) => afterRevocation(key, change, now));
  const online = change.rotate ? withSuccessor(revoked, change, next, now) : revoked;
  const drafted = { ...previous, number: previous.number + 1, issuedAt: now.toISOString(), online };
  if (currentOnline(drafted, now, held) === undefined) {
    const reason = 'no on-line key would be left to sign with: rotate in the same step';
    throw new DomainError('state-conflict', { what: 'on-line keys', reason });
  }
  return drafted;
}

function afterRevocation(key: KeyRecord, { revoke }: DelegationChange, now: Date): KeyRecord {
  const isNew = revoke.includes(key.keyId) && key.revokedAt === null;
  return isNew ? { ...key, revokedAt: now.toISOString() } : key;
}

function withSuccessor(
  keys: readonly KeyRecord[],
  { overlapHours, validDays }: DelegationChange,
  next: NextKey,
  now: Date,
): KeyRecord[] {
  const end = later(now, overlapHours);
  const ended = keys.map((key) =>
    key.validUntil === null || key.validUntil > end ? { ...key, validUntil: end } : key,
  );
  return [
    ...ended,
    {
      ...next,
      role: 'online',
      validFrom: now.toISOString(),
      validUntil: validDays === null ? null : later(now, validDays * 24),
      revokedAt: null,
    },
  ];
}
