// Verifies one report with nothing but its bundle and the fingerprint of the trial's release key: a stranger can do
// it off-line. release key -> delegation -> on-line key -> receipt -> payload digest -> site signature -> result digest.
import {
  Envelope,
  KeyDelegation,
  payloadTypes,
  Receipt,
  Report,
  ReportBundle,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { digestOf, keyIdOf, openEnvelope, sha256 } from '@sidemark/core/signing';

export interface Verification {
  readonly report: Report;
  readonly payloadDigest: string;
  readonly receivedAt: string;
  readonly steps: readonly string[];
}

const parseJson = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
const rawKey = (base64: string): Uint8Array => Buffer.from(base64, 'base64');

function opened(envelope: Envelope, type: string, keyId: string, publicKey: Uint8Array): Uint8Array {
  return openEnvelope(Envelope.parse(envelope), type, (id) => (id === keyId ? publicKey : undefined)).payload;
}

/**
 * @param input what `sidemark report export` wrote.
 * @param fingerprint SHA-256 of the release key, as printed in every kit and known out of band.
 * @throws DomainError naming the first step that does not hold.
 */
export function verifyReport(input: unknown, fingerprint: string): Verification {
  const bundle = ReportBundle.parse(input);
  const releaseKey = rawKey(bundle.releasePublicKey);
  if (keyIdOf(releaseKey) !== fingerprint)
    throw new DomainError('fingerprint-mismatch', { found: keyIdOf(releaseKey) });

  const delegation = KeyDelegation.parse(
    parseJson(opened(bundle.delegation, payloadTypes.keyDelegation, fingerprint, releaseKey)),
  );
  const onlineKey = rawKey(delegation.online.publicKey);
  if (keyIdOf(onlineKey) !== delegation.online.keyId)
    throw new DomainError('signature-invalid', { step: 'on-line key' });

  const receipt = Receipt.parse(
    parseJson(opened(bundle.receipt, payloadTypes.receipt, delegation.online.keyId, onlineKey)),
  );
  const siteKey = rawKey(bundle.sitePublicKey);
  const payload = opened(bundle.envelope, payloadTypes.report, keyIdOf(siteKey), siteKey);
  const report = Report.parse(parseJson(payload));
  const facts: [string, boolean][] = [
    ['receipt names these very bytes', receipt.payloadDigest === sha256(payload)],
    [
      'receipt names this job, site and sequence',
      receipt.job === report.header.job &&
        receipt.site === report.header.site &&
        receipt.sequence === report.header.sequence,
    ],
    ['report names the key that signed it', report.header.siteKeyId === keyIdOf(siteKey)],
    ['result digest fits the result', report.resultDigest === digestOf(report.result)],
  ];
  const broken = facts.find(([, holds]) => !holds);
  if (broken) throw new DomainError('report-digest-mismatch', { step: broken[0] });
  return {
    report,
    payloadDigest: receipt.payloadDigest,
    receivedAt: receipt.receivedAt,
    steps: [
      'release key has the fingerprint',
      'on-line key is vouched for',
      'receipt is signed',
      'report is signed',
      ...facts.map(([step]) => step),
    ],
  };
}
