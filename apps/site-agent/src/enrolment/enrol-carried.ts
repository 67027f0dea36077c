// Enrolment without a link: the kit names the release key, the statement proves the kit's token by its nonce, and the
// file that is carried to the trial office holds neither token nor secret. People compare the six words all the same.
import type { Envelope, Kit } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { carriedNonce, sha256 } from '@sidemark/core/signing';
import { writeCleared } from '../carried/carried-file.ts';
import { CoordinatorTrust } from '../identity/coordinator-trust.ts';
import { findEnrolment, saveEnrolment, type EnrolmentRecord } from '../identity/enrolment.store.ts';
import { loadOrMakeSiteKey, loadOrMakeSiteSecret } from '../identity/key.store.ts';
import { SiteSigner } from '../identity/site-signer.ts';
import { recordOf, type EnrolWorld } from './enrol.ts';

/**
 * Writes the signed enrolment of this data directory to `path`. Doing it again with the same kit writes the same bytes.
 * @throws DomainError `kit-invalid`, `fingerprint-mismatch`, `already-enrolled`, `already-exists`, `disk-failed`
 */
export async function enrolInFile(
  kit: Kit,
  path: string,
  world: Omit<EnrolWorld, 'client'>,
): Promise<EnrolmentRecord> {
  const { directory, random, gate } = world;
  const { study, site, tokenId, releasePublicKey } = kit;
  if (releasePublicKey === undefined) throw new DomainError('kit-invalid', { missing: 'releasePublicKey' });
  CoordinatorTrust.pinned(releasePublicKey, kit.releaseKeyFingerprint);
  const earlier = await findEnrolment(directory);
  if (earlier?.answered && earlier.site !== site)
    throw new DomainError('already-enrolled', { site: earlier.site });
  const signer = new SiteSigner(await loadOrMakeSiteKey(directory, random, world.passphrase, world.lockWith));
  await loadOrMakeSiteSecret(directory, random);
  const nonce = carriedNonce(sha256(kit.token), signer.keyId);
  const statement: Envelope = signer.enrolment({ study, site, releasePublicKey, tokenId, nonce });
  await writeCleared(path, () => gate.carriedEnrolment(statement));
  const record = recordOf(kit, signer.keyId, releasePublicKey, statement, world.allowHttp);
  // nobody answers a file: the six words are the answer
  const answered = { ...record, answered: true };
  await saveEnrolment(directory, answered);
  return answered;
}
