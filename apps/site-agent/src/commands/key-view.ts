// What a site can see of its keys and of the coordinator's, without a passphrase.
import { KeyRotated } from '@sidemark/core/contract';
import { keyIdOf } from '@sidemark/core/signing';
import { keyStateAt } from '@sidemark/core/trust';
import { CoordinatorTrust } from '../identity/coordinator-trust.ts';
import { loadDelegation, loadEnrolment } from '../identity/enrolment.store.ts';
import { loadKeyHistory } from '../identity/key-history.store.ts';
import { findKeyFace } from '../identity/key.store.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';

export interface KeyView {
  readonly role: 'site' | 'release' | 'online';
  /** `in use`, `in use, locked`, `to follow`, `followed`, or the state of a key of the coordinator */
  readonly state: string;
  readonly keyId: string;
  readonly validFrom: string | null;
  readonly validUntil: string | null;
}

/** @throws DomainError `not-enrolled`, and those of the key files */
export async function describeKeys(directory: DataDirectory, now: Date): Promise<KeyView[]> {
  const { releasePublicKey } = await loadEnrolment(directory);
  const [site, next] = [await findKeyFace(directory.siteKey), await findKeyFace(directory.nextSiteKey)];
  const trust = new CoordinatorTrust(releasePublicKey);
  const delegation = await loadDelegation(directory);
  if (delegation !== undefined) trust.admit(delegation);
  const releaseKeyId = keyIdOf(Buffer.from(releasePublicKey, 'base64'));
  return [
    ...(await followedKeys(directory)),
    ...(site === undefined ? [] : [view('site', site.locked ? 'in use, locked' : 'in use', site.keyId)]),
    ...(next === undefined ? [] : [view('site', 'to follow', next.keyId)]),
    view('release', 'pinned at enrolment', releaseKeyId),
    ...trust.onlineKeys.map(({ keyId, validFrom, validUntil, ...key }) => {
      const state = keyStateAt({ validFrom, validUntil, ...key }, now);
      return { role: 'online', state, keyId, validFrom, validUntil } as const;
    }),
  ];
}

function view(role: KeyView['role'], state: string, keyId: string): KeyView {
  return { role, state, keyId, validFrom: null, validUntil: null };
}

async function followedKeys(directory: DataDirectory): Promise<KeyView[]> {
  const history = await loadKeyHistory(directory);
  return history.map(({ answered }) => {
    const payload = Buffer.from(answered.answer.payload, 'base64').toString('utf8');
    const { keyId, validFrom, validUntil } = KeyRotated.parse(JSON.parse(payload)).retired;
    return { role: 'site', state: 'followed', keyId, validFrom, validUntil };
  });
}
