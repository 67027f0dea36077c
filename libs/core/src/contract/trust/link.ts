// The mutual challenge. Each side signs a statement it composed itself, of its own payload type: both nonces, both
// key ids, the coordinator's address. No key ever signs bytes that the other side handed over.
import { z } from 'zod';
import { Envelope } from './envelope.ts';
import { Id, Instant, KeyId, Nonce, PublicKey, Version } from '../ids.ts';

/** First word of the site, as Socket.IO handshake `auth` or as the body of the enrolment hello. */
export const LinkOpening = z.strictObject({
  contract: z.int().min(0),
  agentVersion: Version,
  siteKeyId: KeyId,
  siteNonce: Nonce,
});
export type LinkOpening = z.infer<typeof LinkOpening>;

const challenge = {
  contract: z.int(),
  address: z.url().describe('the coordinator’s public address, as in the kit'),
  siteKeyId: KeyId,
  coordinatorKeyId: KeyId,
  siteNonce: Nonce,
  coordinatorNonce: Nonce,
};

/** Signed by the on-line key. */
export const CoordinatorHello = z.strictObject({
  schema: z.literal('sidemark.coordinator-hello/1'),
  ...challenge,
  issuedAt: Instant,
});
export type CoordinatorHello = z.infer<typeof CoordinatorHello>;

/** Signed by the site key. */
export const SiteHello = z.strictObject({
  schema: z.literal('sidemark.site-hello/1'),
  ...challenge,
  agentVersion: Version,
});
export type SiteHello = z.infer<typeof SiteHello>;

/** The coordinator's side of the challenge: its hello, and the release key's word for the key that signed it. */
export const LinkChallenge = z.strictObject({
  hello: Envelope,
  delegation: Envelope,
  releasePublicKey: PublicKey,
});
export type LinkChallenge = z.infer<typeof LinkChallenge>;

export const LinkReady = z.strictObject({
  site: Id,
  study: Id,
  session: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
  expiresAt: Instant,
});
export type LinkReady = z.infer<typeof LinkReady>;

export const Enrolment = z.strictObject({
  statement: Envelope,
  token: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
});
export const EnrolmentPending = z.strictObject({
  site: Id,
  state: z.literal('pending'),
  words: z.array(z.string()).length(6),
});
