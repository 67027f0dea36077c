// The outer form of everything signed, and the payload type of each statement. A type belongs to one signer role
// and one purpose, so a signature over one kind of statement can never pass for another.
import { z } from 'zod';
import { KeyId } from '../ids.ts';

const base64 = z.base64();

export const Envelope = z.strictObject({
  payloadType: z.string().max(120).describe('media type of the statement'),
  payload: base64.max(1_000_000).describe('base64 of the signed bytes'),
  signatures: z.array(z.strictObject({ keyid: KeyId, sig: base64.length(88) })).length(1),
});
export type Envelope = z.infer<typeof Envelope>;

export const payloadTypes = {
  keyDelegation: 'application/vnd.sidemark.key-delegation.v2+json',
  keyRotation: 'application/vnd.sidemark.key-rotation.v1+json',
  keyPossession: 'application/vnd.sidemark.key-possession.v1+json',
  keyRotated: 'application/vnd.sidemark.key-rotated.v1+json',
  siteKey: 'application/vnd.sidemark.site-key.v1+json',
  modelRelease: 'application/vnd.sidemark.model-release.v1+json',
  protocol: 'application/vnd.sidemark.protocol.v1+json',
  coordinatorHello: 'application/vnd.sidemark.coordinator-hello.v1+json',
  siteHello: 'application/vnd.sidemark.site-hello.v1+json',
  enrolment: 'application/vnd.sidemark.enrolment.v1+json',
  jobOffer: 'application/vnd.sidemark.job-offer.v1+json',
  report: 'application/vnd.sidemark.report.v1+json',
  qualification: 'application/vnd.sidemark.qualification.v1+json',
  receipt: 'application/vnd.sidemark.receipt.v1+json',
  bundle: 'application/vnd.sidemark.bundle.v1+json',
} as const;
