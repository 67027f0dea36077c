// Is this offer the coordinator's, for this site, and still open?
import { Envelope, JobOffer, payloadTypes, readWith } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { openStatement } from '../../identity/coordinator-trust.ts';
import type { Site } from '../../identity/site.ts';

type Addressee = Pick<Site, 'enrolment' | 'signer' | 'trust'>;

/**
 * An offer that the on-line key signed for this site and key. Anything else is not answered: the job is not ours.
 * @throws DomainError of the keys, `envelope-malformed`, `offer-invalid`
 */
export function openOffer(message: unknown, { enrolment, signer, trust }: Addressee, now: Date): JobOffer {
  const envelope = readWith(Envelope, message);
  if (!envelope.success) throw new DomainError('envelope-malformed');
  const offer = openStatement(envelope.data, payloadTypes.jobOffer, JobOffer, trust.onlineAt(now));
  const wrong = [
    ...(offer.site === enrolment.site ? [] : ['site']),
    ...(offer.siteKeyId === signer.keyId ? [] : ['site key']),
  ];
  if (wrong.length > 0) throw new DomainError('offer-invalid', { wrong });
  return offer;
}

/** @throws DomainError `offer-invalid` for an offer that has run out or names a study this site did not join. */
export function assertOpen(offer: JobOffer, study: string, now: Date): void {
  const wrong = [
    ...(Date.parse(offer.expiresAt) > now.getTime() ? [] : ['expired']),
    ...(offer.study === study ? [] : ['study']),
  ];
  if (wrong.length > 0)
    throw new DomainError('offer-invalid', {
      wrong,
      expiresAt: offer.expiresAt,
      thisClock: now.toISOString(),
    });
}
