// Enrolment, in the order that protects the token: is it the coordinator of the kit, then a statement by the new key,
// then, and only then, the token. It buys a pending entry; people compare the six words.
import {
  contractVersion,
  type EnrolmentStatement,
  type Envelope,
  type Kit,
  type LinkChallenge,
} from '@sidemark/core/contract';
import { DomainError, isDomainError } from '@sidemark/core/errors';
import { decodeBase64, sha256, sixWords } from '@sidemark/core/signing';
import type { EgressGate } from '../egress/gate.ts';
import { CoordinatorTrust } from '../identity/coordinator-trust.ts';
import {
  findEnrolment,
  saveDelegation,
  saveEnrolment,
  type EnrolmentRecord,
} from '../identity/enrolment.store.ts';
import { loadOrMakeSiteKey, loadOrMakeSiteSecret } from '../identity/key.store.ts';
import type { PassphraseSource } from '../identity/passphrase.ts';
import { SiteSigner } from '../identity/site-signer.ts';
import { assertSecureAddress } from '../link/address.ts';
import { checkCoordinatorHello } from '../link/challenge.ts';
import type { CoordinatorClient } from '../link/coordinator.client.ts';
import type { Clock } from '../platform/clock.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { removeDurably } from '../platform/disk/durable-file.ts';
import { nonce, type Random } from '../platform/random.ts';
import { agentVersion } from '../platform/versions.ts';

export interface EnrolWorld {
  readonly directory: DataDirectory;
  readonly client: CoordinatorClient;
  readonly gate: EgressGate;
  readonly clock: Clock;
  readonly random: Random;
  readonly allowHttp: boolean;
  /** opens a key that an earlier attempt has locked */
  readonly passphrase?: PassphraseSource;
  /** locks the key that is made; absent: it is not locked */
  readonly lockWith?: string | undefined;
}

/**
 * Enrols this data directory with the coordinator of a kit.
 * @throws DomainError `already-enrolled`, `insecure-address`, `fingerprint-mismatch`, `challenge-failed`, and the
 *   coordinator's own refusals of the token.
 */
export async function enrol(kit: Kit, world: EnrolWorld): Promise<EnrolmentRecord> {
  const { directory, random, allowHttp } = world;
  assertSecureAddress(kit.coordinator, allowHttp);
  const earlier = await findEnrolment(directory);
  if (earlier?.answered) throw new DomainError('already-enrolled', { site: earlier.site });
  const signer = new SiteSigner(await loadOrMakeSiteKey(directory, random, world.passphrase, world.lockWith));
  await loadOrMakeSiteSecret(directory, random);
  const { challenge, trust, coordinatorNonce } = await proveCoordinator(kit, signer.keyId, world);
  const fields: Omit<EnrolmentStatement, 'schema' | 'sitePublicKey'> = {
    study: kit.study,
    site: kit.site,
    releasePublicKey: challenge.releasePublicKey,
    tokenId: kit.tokenId,
    nonce: coordinatorNonce,
  };
  const statement = signer.enrolment(fields);
  const record = recordOf(kit, signer.keyId, challenge.releasePublicKey, statement, allowHttp);
  trust.admit(challenge.delegation);
  await saveDelegation(directory, challenge.delegation);
  return ask(kit, statement, record, earlier, world);
}

/** The coordinator's signed hello, checked against the fingerprint in the kit. */
async function proveCoordinator(
  kit: Kit,
  siteKeyId: string,
  { client, gate, clock, random }: EnrolWorld,
): Promise<{ challenge: LinkChallenge; trust: CoordinatorTrust; coordinatorNonce: string }> {
  const opened = { address: kit.coordinator, siteKeyId, siteNonce: nonce(random) };
  const { siteNonce } = opened;
  const opening = gate.enrolmentHello({ contract: contractVersion, agentVersion, siteKeyId, siteNonce });
  const challenge = await client.call('enrolmentHello', opening);
  const trust = CoordinatorTrust.pinned(challenge.releasePublicKey, kit.releaseKeyFingerprint);
  const { coordinatorNonce } = checkCoordinatorHello(challenge, opened, trust, clock.now());
  return { challenge, trust, coordinatorNonce };
}

/** Sends statement and token. The record is written first, so that an answer lost on its way is not a token lost. */
async function ask(
  kit: Kit,
  statement: Envelope,
  record: EnrolmentRecord,
  earlier: EnrolmentRecord | undefined,
  { directory, client, gate }: EnrolWorld,
): Promise<EnrolmentRecord> {
  const cleared = await gate.enrolment({ statement, token: kit.token });
  await saveEnrolment(directory, record);
  try {
    const { words } = await client.call('enrol', cleared);
    if (words.join(' ') !== record.words.join(' '))
      throw new DomainError('challenge-failed', { wrong: ['words'] });
    return await settle(directory, record);
  } catch (error) {
    // the token was spent by the earlier statement of this very site, whose answer never came
    if (isDomainError(error, 'enrolment-token-used') && earlier?.site === kit.site)
      return settle(directory, earlier);
    if (isDomainError(error) && error.failureClass === 'permanent') await forget(directory, earlier);
    throw error;
  }
}

async function settle(directory: DataDirectory, record: EnrolmentRecord): Promise<EnrolmentRecord> {
  const answered = { ...record, answered: true };
  await saveEnrolment(directory, answered);
  return answered;
}

async function forget(directory: DataDirectory, earlier: EnrolmentRecord | undefined): Promise<void> {
  if (earlier === undefined) await removeDurably(directory.enrolment);
  else await saveEnrolment(directory, earlier);
}

/** What the site keeps of an enrolment that nobody has answered yet. */
export function recordOf(
  kit: Kit,
  siteKeyId: string,
  releasePublicKey: string,
  statement: Envelope,
  allowHttp: boolean,
): EnrolmentRecord {
  const { coordinator, study, site, siteName } = kit;
  const words = sixWords(sha256(decodeBase64(statement.payload)));
  const known = { coordinator, allowHttp, releasePublicKey, study, site, siteName, siteKeyId, words };
  return { schema: 'sidemark.agent-enrolment/1', ...known, answered: false };
}
