// A carried job of the sample trial, for tests: good, or with something changed.
import { payloadTypes, type CarriedJob, type JobOffer } from '@sidemark/core/contract';
import {
  delegationOf,
  ids,
  models,
  onlineKey,
  protocolDigest,
  protocolEnvelope,
  seal,
} from '../jobs/trial.sample.ts';

const { detector, inpainter, classifier } = models;

/** @param siteKeyId the site it is offered to @param at time of the offer; it holds for a day */
export function carriedJob(siteKeyId: string, at: Date, change: Partial<JobOffer> = {}): CarriedJob {
  const offer: JobOffer = {
    schema: 'sidemark.job-offer/1',
    job: ids.job,
    run: ids.run,
    study: ids.study,
    site: ids.site,
    siteKeyId,
    protocolDigest,
    nonce: 'a'.repeat(64),
    issuedAt: at.toISOString(),
    expiresAt: new Date(at.getTime() + 24 * 3_600_000).toISOString(),
    ...change,
  };
  return {
    schema: 'sidemark.carried-job/1',
    delegation: delegationOf(onlineKey),
    offer: seal(payloadTypes.jobOffer, offer, onlineKey),
    protocol: protocolEnvelope,
    models: [detector, inpainter, classifier].map(({ released }) => released),
  };
}

/** The file of a carried job. */
export function jobFileOf(header: unknown, body: readonly Uint8Array[] = modelBytes): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify(header)}\n`), ...body]);
}

/** in the order of `carriedJob` */
export const modelBytes: readonly Uint8Array[] = [detector.bytes, inpainter.bytes, classifier.bytes];
