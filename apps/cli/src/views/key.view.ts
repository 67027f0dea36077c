// Keys for people.
import type { KeyDelegation, KeyList, KeyRecord } from '@sidemark/core/contract';
import { keyStateAt } from '@sidemark/core/trust';
import { table } from '@sidemark/terminal';

function row(key: KeyRecord, now: Date): string[] {
  const { keyId, validFrom, validUntil, revokedAt } = key;
  return [keyStateAt(key, now), keyId, validFrom, validUntil ?? '', revokedAt ?? ''];
}

export function keyListText({ delegation, releaseKeyAtHand, keys }: KeyList, now: Date): string {
  const rows = keys.map((key) => [key.role, key.siteName ?? '', ...row(key, now)]);
  return [
    table(['role', 'site', 'state', 'key', 'from', 'until', 'revoked'], rows),
    `list of on-line keys: number ${delegation}; release key: ${releaseKeyAtHand ? 'at hand' : 'not on the coordinator'}`,
  ].join('\n');
}

/** What a person should read before it is signed. */
export function delegationText({ number, issuedAt, online }: KeyDelegation): string {
  const rows = online.map((key) => row(key, new Date(issuedAt)));
  return [
    `list of on-line keys, number ${number}, of ${issuedAt}:`,
    table(['state', 'key', 'from', 'until', 'revoked'], rows),
  ].join('\n');
}
