// Is this the protocol that the offer names, frozen by the trial's release key?
import { payloadTypes, ProtocolDocument, type Envelope } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { decodeBase64, sha256 } from '@sidemark/core/signing';
import { openStatement, type CoordinatorTrust } from '../../identity/coordinator-trust.ts';

/** @throws DomainError `protocol-invalid` naming what is wrong */
export function openProtocol(
  envelope: Envelope,
  expected: { readonly protocolDigest: string; readonly study: string },
  trust: CoordinatorTrust,
): ProtocolDocument {
  let document: ProtocolDocument;
  try {
    document = openStatement(envelope, payloadTypes.protocol, ProtocolDocument, trust.release);
  } catch (cause) {
    throw new DomainError('protocol-invalid', { wrong: ['signature'] }, { cause });
  }
  const wrong = [
    ...(sha256(decodeBase64(envelope.payload)) === expected.protocolDigest ? [] : ['digest']),
    ...(document.study === expected.study ? [] : ['study']),
  ];
  if (wrong.length > 0) throw new DomainError('protocol-invalid', { wrong });
  return document;
}
