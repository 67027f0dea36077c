// The site's answer to the challenge: its own statement, which must agree with ours in every shared field. Pure.
import { type CoordinatorHello, Envelope, payloadTypes, SiteHello } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { openEnvelope } from '@sidemark/core/signing';

const shared = [
  'contract',
  'address',
  'siteKeyId',
  'coordinatorKeyId',
  'siteNonce',
  'coordinatorNonce',
] as const satisfies readonly (keyof CoordinatorHello & keyof SiteHello)[];

function parsed<T>(read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    throw new DomainError('challenge-failed', { reason: 'the answer is not a site hello' }, { cause });
  }
}

/**
 * @param answer what the site sent; nothing of it is believed before its key has verified it.
 * @throws DomainError `challenge-failed`, and those of the envelope.
 */
export function checkSiteHello(answer: unknown, hello: CoordinatorHello, publicKey: Uint8Array): SiteHello {
  const envelope = parsed(() => Envelope.parse(answer));
  const key = (id: string): Uint8Array | undefined => (id === hello.siteKeyId ? publicKey : undefined);
  const { payload } = openEnvelope(envelope, payloadTypes.siteHello, key);
  const siteHello = parsed(() => SiteHello.parse(JSON.parse(Buffer.from(payload).toString('utf8'))));
  const wrong = shared.filter((field) => siteHello[field] !== hello[field]);
  if (wrong.length > 0) throw new DomainError('challenge-failed', { wrong });
  return siteHello;
}
