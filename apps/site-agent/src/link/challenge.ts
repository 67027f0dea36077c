// The mutual challenge, from the site's side: what the coordinator must have proved before the site answers.
import {
  contractVersion,
  CoordinatorHello,
  payloadTypes,
  type LinkChallenge,
  type SiteHello,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { KeyLookup } from '@sidemark/core/signing';
import { clockToleranceMs, openStatement, type CoordinatorTrust } from '../identity/coordinator-trust.ts';

/** What this site said and knows when it opened the connection. */
export interface Opened {
  readonly address: string;
  readonly siteKeyId: string;
  readonly siteNonce: string;
}

function assertContract(coordinator: number): void {
  if (coordinator === contractVersion) return;
  const upgrade = coordinator > contractVersion ? 'site agent' : 'coordinator';
  throw new DomainError('contract-version-mismatch', { upgrade, coordinator, siteAgent: contractVersion });
}

const openHello = ({ hello }: LinkChallenge, lookup: KeyLookup): CoordinatorHello =>
  openStatement(hello, payloadTypes.coordinatorHello, CoordinatorHello, lookup);

/** The hello answers our nonce, so it was made just now: what it says of the time is the coordinator's clock. */
function assertClocksAgree({ issuedAt }: CoordinatorHello, now: Date): void {
  const aheadMs = now.getTime() - Date.parse(issuedAt);
  if (Math.abs(aheadMs) <= clockToleranceMs) return;
  throw new DomainError('clock-skew', {
    coordinatorClock: issuedAt,
    thisClock: now.toISOString(),
    thisClockIsAheadBySeconds: Math.round(aheadMs / 1000),
  });
}

/**
 * The coordinator's hello, once the release key vouches for its signer and it answers exactly what this site opened.
 * @throws DomainError `fingerprint-mismatch`, `contract-version-mismatch`, `challenge-failed`, `clock-skew`, and those of the keys.
 */
export function checkCoordinatorHello(
  challenge: LinkChallenge,
  opened: Opened,
  trust: CoordinatorTrust,
  now: Date,
): CoordinatorHello {
  const presented = Buffer.from(challenge.releasePublicKey, 'base64');
  if (!trust.isReleaseKey(presented))
    throw new DomainError('fingerprint-mismatch', { expected: trust.releaseKeyId });
  trust.admit(challenge.delegation);
  const hello = openHello(challenge, trust.unrevokedOnline);
  assertContract(hello.contract);
  const wrong = [
    hello.address === opened.address ? [] : ['address'],
    hello.siteKeyId === opened.siteKeyId ? [] : ['site key'],
    hello.siteNonce === opened.siteNonce ? [] : ['nonce'],
    hello.coordinatorKeyId === challenge.hello.signatures[0]?.keyid ? [] : ['coordinator key'],
  ].flat();
  if (wrong.length > 0) throw new DomainError('challenge-failed', { wrong });
  assertClocksAgree(hello, now);
  return openHello(challenge, trust.onlineAt(new Date(hello.issuedAt)));
}

/** The fields of the site's hello: its own address, key and nonce; of the coordinator only its nonce and key id. */
export function siteHelloFields(
  hello: CoordinatorHello,
  opened: Opened,
  agentVersion: string,
): Omit<SiteHello, 'schema'> {
  const { coordinatorKeyId, coordinatorNonce } = hello;
  return { contract: contractVersion, ...opened, coordinatorKeyId, coordinatorNonce, agentVersion };
}
