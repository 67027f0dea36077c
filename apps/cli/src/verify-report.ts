// Verifies one report with nothing but its bundle and the fingerprint of the trial's release key: a stranger can do
// it off-line. release key -> delegation -> on-line key -> receipt -> payload digest -> site signature -> result digest.
import {
  type Envelope,
  KeyDelegation,
  payloadTypes,
  Receipt,
  Report,
  ReportBundle,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import {
  decodeBase64,
  digestOf,
  keyIdOf,
  type KeyLookup,
  openEnvelope,
  sha256,
} from '@sidemark/core/signing';

export interface Verification {
  readonly report: Report;
  readonly payloadDigest: string;
  readonly receivedAt: string;
  readonly steps: readonly string[];
}

export const parseJson = (bytes: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(bytes));
/** Raw bytes of a key in base64; another spelling of the same bytes was altered. @throws DomainError `envelope-malformed` */
export const rawKey = (base64: string): Uint8Array => decodeBase64(base64);

/** A lookup that knows this key alone. */
export function only(publicKey: Uint8Array): KeyLookup {
  return (id) => (id === keyIdOf(publicKey) ? publicKey : undefined);
}

/** A report that its site signed, and the coordinator's receipt for these very bytes. */
export interface Received {
  readonly report: Report;
  readonly receipt: Receipt;
  readonly payloadDigest: string;
  readonly steps: readonly string[];
}

/** The release key's word for an on-line key. @throws DomainError of `openEnvelope`, `signature-invalid` */
export function openDelegation(envelope: Envelope, releaseKey: Uint8Array): KeyDelegation {
  const { payload } = openEnvelope(envelope, payloadTypes.keyDelegation, only(releaseKey));
  const delegation = KeyDelegation.parse(parseJson(payload));
  if (keyIdOf(rawKey(delegation.online.publicKey)) !== delegation.online.keyId)
    throw new DomainError('signature-invalid', { step: 'on-line key' });
  return delegation;
}

/**
 * @param online gives the on-line keys that the release key vouches for.
 * @throws DomainError of `openEnvelope`, `report-digest-mismatch` with the step that does not hold.
 */
export function verifyReceived(
  signed: { readonly envelope: Envelope; readonly receipt: Envelope },
  siteKey: Uint8Array,
  online: KeyLookup,
): Received {
  const receipt = Receipt.parse(
    parseJson(openEnvelope(signed.receipt, payloadTypes.receipt, online).payload),
  );
  const { payload } = openEnvelope(signed.envelope, payloadTypes.report, only(siteKey));
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
  return { report, receipt, payloadDigest: receipt.payloadDigest, steps: facts.map(([step]) => step) };
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

  const { online } = openDelegation(bundle.delegation, releaseKey);
  const siteKey = rawKey(bundle.sitePublicKey);
  const { report, receipt, payloadDigest, steps } = verifyReceived(
    bundle,
    siteKey,
    only(rawKey(online.publicKey)),
  );
  return {
    report,
    payloadDigest,
    receivedAt: receipt.receivedAt,
    steps: [
      'release key has the fingerprint',
      'on-line key is vouched for',
      'receipt is signed',
      'report is signed',
      ...steps,
    ],
  };
}
