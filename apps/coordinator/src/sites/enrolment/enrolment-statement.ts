// Opens an enrolment statement. The key that must verify it stands inside it, so the bytes are read once to find the
// key, and believed only after that very key has verified them.
import { type Envelope, EnrolmentStatement, payloadTypes } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { decodeBase64, isSoundPublicKey, keyIdOf, openEnvelope, sha256 } from '@sidemark/core/signing';

export interface OpenedEnrolment {
  readonly statement: EnrolmentStatement;
  readonly siteKeyId: string;
  /** SHA-256 of the signed bytes: what the six words spell */
  readonly digest: string;
}

function readStatement(payload: Uint8Array): EnrolmentStatement {
  try {
    return EnrolmentStatement.parse(JSON.parse(Buffer.from(payload).toString('utf8')));
  } catch (cause) {
    throw new DomainError(
      'enrolment-statement-invalid',
      { reason: 'the statement does not fit its schema' },
      { cause },
    );
  }
}

/**
 * @throws DomainError `envelope-type-unexpected`, `envelope-malformed`, `enrolment-statement-invalid`,
 *   `signature-invalid`, `signature-non-canonical`, `signer-unknown` when the envelope names another key.
 */
export function openEnrolment(envelope: Envelope): OpenedEnrolment {
  if (envelope.payloadType !== payloadTypes.enrolment) {
    throw new DomainError('envelope-type-unexpected', {
      expected: payloadTypes.enrolment,
      found: envelope.payloadType,
    });
  }
  const claimed = readStatement(decodeBase64(envelope.payload));
  const publicKey = decodeBase64(claimed.sitePublicKey);
  if (!isSoundPublicKey(publicKey)) throw new DomainError('signature-non-canonical');
  const siteKeyId = keyIdOf(publicKey);
  const { payload } = openEnvelope(envelope, payloadTypes.enrolment, (id) =>
    id === siteKeyId ? publicKey : undefined,
  );
  return { statement: readStatement(payload), siteKeyId, digest: sha256(payload) };
}
