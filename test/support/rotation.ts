// A site that changes its key, without an agent.
import {
  type Envelope,
  type KeyRotation,
  KeyRotated,
  payloadTypes,
  type RotateSiteKey,
} from '@sidemark/core/contract';
import { type SigningKey, signStatement } from '@sidemark/core/signing';

export interface KeyOwner {
  readonly id: string;
  readonly study: string;
  readonly key: SigningKey;
}

export function sealed(payloadType: string, statement: unknown, key: SigningKey): Envelope {
  const { payload, signatures } = signStatement(payloadType, statement, key);
  return { payloadType, payload, signatures: [...signatures] };
}

/** What an honest site says, with `changes` for others. */
export function rotationStatement(
  site: KeyOwner,
  next: SigningKey,
  changes: Partial<KeyRotation> = {},
): KeyRotation {
  return {
    schema: 'sidemark.key-rotation/1',
    study: site.study,
    site: site.id,
    oldKeyId: site.key.keyId,
    newKeyId: next.keyId,
    newPublicKey: Buffer.from(next.publicKey).toString('base64'),
    issuedAt: '2026-11-23T00:00:00.000Z',
    ...changes,
  };
}

export function rotationBody(
  site: KeyOwner,
  next: SigningKey,
  changes: Partial<KeyRotation> = {},
): RotateSiteKey {
  const statement = rotationStatement(site, next, changes);
  return {
    succession: sealed(payloadTypes.keyRotation, statement, site.key),
    possession: sealed(payloadTypes.keyPossession, statement, next),
  };
}

export function answerIn({ answer }: { answer: Envelope }): KeyRotated {
  return KeyRotated.parse(JSON.parse(Buffer.from(answer.payload, 'base64').toString('utf8')));
}
