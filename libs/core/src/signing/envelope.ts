// DSSE envelopes (Dead Simple Signing Envelope, protocol v1.0.2): the signature covers the payload type and the
// exact payload bytes. Verify first, parse afterwards; what a payload means is the contract's business.
import { DomainError } from '../errors/index.ts';
import { canonicalBytes } from './canonical-json.ts';
import { signBytes, verifyBytes, type SigningKey } from './ed25519.ts';

export interface Envelope {
  /** media type of the statement, e.g. `application/vnd.sidemark.report.v1+json` */
  readonly payloadType: string;
  /** base64 of the payload bytes */
  readonly payload: string;
  readonly signatures: { readonly keyid: string; readonly sig: string }[];
}

/** Raw public key for a key id, or undefined when unknown. May throw its own refusal (revoked, wrong role). */
export type KeyLookup = (keyId: string) => Uint8Array | undefined;

export interface OpenedEnvelope {
  readonly payload: Uint8Array;
  readonly keyId: string;
}

/** Pre-authentication encoding: `DSSEv1 <len type> <type> <len payload> <payload>`. */
export function preAuthEncoding(payloadType: string, payload: Uint8Array): Uint8Array {
  const type = Buffer.from(payloadType, 'utf8');
  return Buffer.concat([
    Buffer.from(`DSSEv1 ${type.length} ${payloadType} ${payload.length} `, 'utf8'),
    payload,
  ]);
}

/** Signs the canonical JSON of a statement this process composed itself. */
export function signStatement(payloadType: string, statement: unknown, key: SigningKey): Envelope {
  const payload = canonicalBytes(statement);
  const sig = Buffer.from(signBytes(preAuthEncoding(payloadType, payload), key)).toString('base64');
  return {
    payloadType,
    payload: Buffer.from(payload).toString('base64'),
    signatures: [{ keyid: key.keyId, sig }],
  };
}

/** Decodes base64 that has exactly one spelling. @throws DomainError `envelope-malformed` */
export function decodeBase64(text: string): Uint8Array {
  const bytes = Buffer.from(text, 'base64');
  if (bytes.toString('base64') !== text)
    throw new DomainError('envelope-malformed', { reason: 'base64 is not canonical' });
  return bytes;
}

/**
 * Verifies an envelope that must carry one signature over `payloadType`, and gives back the payload bytes.
 * @throws DomainError `envelope-type-unexpected`, `envelope-malformed`, `signer-unknown`,
 *   `signature-non-canonical`, `signature-invalid`, and whatever `lookup` throws.
 */
export function openEnvelope(envelope: Envelope, payloadType: string, lookup: KeyLookup): OpenedEnvelope {
  if (envelope.payloadType !== payloadType) {
    throw new DomainError('envelope-type-unexpected', { expected: payloadType, found: envelope.payloadType });
  }
  const [signature, ...others] = envelope.signatures;
  if (signature === undefined || others.length > 0) {
    throw new DomainError('envelope-malformed', { reason: 'an envelope carries exactly one signature' });
  }
  const payload = decodeBase64(envelope.payload);
  const publicKey = lookup(signature.keyid);
  if (publicKey === undefined) throw new DomainError('signer-unknown', { keyId: signature.keyid });
  verifyBytes(preAuthEncoding(payloadType, payload), decodeBase64(signature.sig), publicKey);
  return { payload, keyId: signature.keyid };
}
