// The first half of acceptance: from what came over the wire to exact bytes that a key of this very site has signed.
import { Envelope, payloadTypes, readWith } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { openEnvelope, sha256 } from '@sidemark/core/signing';
import type { Signer } from './signers.repository.ts';

/** @throws DomainError `envelope-malformed`, `payload-too-large` */
export function readEnvelope(body: unknown): Envelope {
  const parsed = readWith(Envelope, body);
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map(
    ({ path, message }) => `${path.map(String).join('.') || 'envelope'}: ${message}`,
  );
  throw new DomainError('envelope-malformed', { issues });
}

export interface OpenedReport {
  readonly payload: Uint8Array;
  readonly payloadDigest: string;
}

/**
 * Verifies the signature; nothing of the payload is read before. Whether the key is still valid is judged later.
 * @param signer the key that the envelope names, undefined when unknown.
 * @param type what the site is to have signed
 * @throws DomainError `envelope-type-unexpected`, `envelope-malformed`, `signer-unknown`, `signer-role`,
 *   `report-wrong-site`, `signature-non-canonical`, `signature-invalid`
 */
export function openReport(
  envelope: Envelope,
  signer: Signer | undefined,
  siteId: string,
  type: string = payloadTypes.report,
): OpenedReport {
  const { payload } = openEnvelope(envelope, type, () => signer && keyOfSite(signer, siteId));
  return { payload, payloadDigest: sha256(payload) };
}

function keyOfSite({ keyId, publicKey, role, siteId: owner }: Signer, siteId: string): Uint8Array {
  if (role !== 'site') throw new DomainError('signer-role', { role });
  if (owner !== siteId) throw new DomainError('report-wrong-site', { signedBy: keyId });
  return publicKey;
}
