// Who this site is, once enrolled: the record of its enrolment, the pen it signs with, and whom it trusts.
import type { Envelope } from '@sidemark/core/contract';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { CoordinatorTrust } from './coordinator-trust.ts';
import { loadDelegations, loadEnrolment, saveDelegation, type EnrolmentRecord } from './enrolment.store.ts';
import { loadSiteKey } from './key.store.ts';
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

/** @throws DomainError `not-enrolled`, `data-directory-open` */
export async function loadSite(directory: DataDirectory): Promise<Site> {
  const enrolment = await loadEnrolment(directory);
  const signer = new SiteSigner(await loadSiteKey(directory));
  const trust = new CoordinatorTrust(enrolment.releasePublicKey);
  for (const delegation of await loadDelegations(directory)) trust.admit(delegation);
  return new Site(enrolment, signer, trust, (delegation) => saveDelegation(directory, delegation));
}
