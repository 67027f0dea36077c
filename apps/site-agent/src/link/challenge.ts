// The mutual challenge, from the site's side: what the coordinator must have proved before the site answers.
import {
  contractVersion,
  CoordinatorHello,
  payloadTypes,
  type LinkChallenge,
  type SiteHello,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { openStatement, type CoordinatorTrust } from '../identity/coordinator-trust.ts';

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

/**
 * The coordinator's hello, once the release key vouches for its signer and it answers exactly what this site opened.
 * @throws DomainError `fingerprint-mismatch`, `contract-version-mismatch`, `challenge-failed`, and those of the keys.
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
  const hello = openStatement(
    challenge.hello,
    payloadTypes.coordinatorHello,
    CoordinatorHello,
    trust.onlineAt(now),
  );
  assertContract(hello.contract);
  const wrong = [
    hello.address === opened.address ? [] : ['address'],
    hello.siteKeyId === opened.siteKeyId ? [] : ['site key'],
    hello.siteNonce === opened.siteNonce ? [] : ['nonce'],
    hello.coordinatorKeyId === challenge.hello.signatures[0]?.keyid ? [] : ['coordinator key'],
  ].flat();
  if (wrong.length > 0) throw new DomainError('challenge-failed', { wrong });
  return hello;
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
