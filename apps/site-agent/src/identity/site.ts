// Who this site is, once enrolled: the record of its enrolment, the pen it signs with, and whom it trusts.
import type { Envelope } from '@sidemark/core/contract';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { CoordinatorTrust } from './coordinator-trust.ts';
import { loadDelegation, loadEnrolment, saveDelegation, type EnrolmentRecord } from './enrolment.store.ts';
import { loadSiteKey } from './key.store.ts';
import { noPassphrase, type PassphraseSource } from './passphrase.ts';
import { SiteSigner } from './site-signer.ts';

export class Site {
  constructor(
    readonly enrolment: EnrolmentRecord,
    readonly signer: SiteSigner,
    readonly trust: CoordinatorTrust,
    /** keeps a delegation that `trust` has admitted, for receipts read after a restart */
    readonly rememberDelegation: (delegation: Envelope) => Promise<void>,
  ) {}
}

/** @throws DomainError `not-enrolled`, `data-directory-open`, `passphrase-needed`, `passphrase-wrong`, `key-file-invalid` */
export async function loadSite(
  directory: DataDirectory,
  passphrase: PassphraseSource = noPassphrase,
): Promise<Site> {
  const enrolment = await loadEnrolment(directory);
  const signer = new SiteSigner(await loadSiteKey(directory, passphrase));
  const trust = new CoordinatorTrust(enrolment.releasePublicKey);
  const delegation = await loadDelegation(directory);
  if (delegation !== undefined) trust.admit(delegation);
  return new Site(enrolment, signer, trust, (newer) => saveDelegation(directory, newer));
}
