// Verifies one report with nothing but its bundle and the fingerprint of the trial's release key: a stranger can do
// it off-line. release key -> delegation -> on-line key -> receipt -> payload digest -> site signature -> result digest.
import {
  type Envelope,
  type KeyRecord,
  payloadTypes,
  Receipt,
  Report,
  ReportBundle,
  type ReportHeader,
  SiteKeyStatement,
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
import { openDelegation, requireKey } from '@sidemark/core/trust';

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
  const steps = requireFacts([
    ...acknowledgement(receipt, payload, report.header, siteKey),
    ['result digest fits the result', report.resultDigest === digestOf(report.result)],
  ]);
  return { report, receipt, payloadDigest: receipt.payloadDigest, steps };
}

/** What holds between a statement of a site, its key and its receipt. */
export function acknowledgement(
  receipt: Receipt,
  payload: Uint8Array,
  { job, site, sequence, siteKeyId }: Pick<ReportHeader, 'job' | 'site' | 'sequence' | 'siteKeyId'>,
  siteKey: Uint8Array,
): [string, boolean][] {
  return [
    ['receipt names these very bytes', receipt.payloadDigest === sha256(payload)],
    [
      'receipt names this job, site and sequence',
      receipt.job === job && receipt.site === site && receipt.sequence === sequence,
    ],
    ['report names the key that signed it', siteKeyId === keyIdOf(siteKey)],
  ];
}

/** @returns what was held. @throws DomainError `report-digest-mismatch` naming the first that does not hold */
export function requireFacts(facts: readonly [string, boolean][]): string[] {
  const broken = facts.find(([, holds]) => !holds);
  if (broken) throw new DomainError('report-digest-mismatch', { step: broken[0] });
  return facts.map(([step]) => step);
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
  const { report, receipt, payloadDigest, steps } = verifyReceived(bundle, siteKey, among(online));
  requireKey(signerOf(bundle.receipt, online), 'online', receipt.receivedAt);
  const { key, site } = openSiteKey(bundle, online);
  if (key.publicKey !== bundle.sitePublicKey || site !== report.header.site)
    throw new DomainError('report-wrong-site', { step: 'record of the site key' });
  requireKey(key, 'site', receipt.receivedAt);
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
      'on-line key and site key were valid when the report was received',
    ],
  };
}

/** Knows the raw keys of these records. */
export function among(keys: readonly KeyRecord[]): KeyLookup {
  return (id) => {
    const found = keys.find(({ keyId }) => keyId === id);
    return found && rawKey(found.publicKey);
  };
}

/** @throws DomainError `signer-unknown` */
function signerOf({ signatures }: Envelope, keys: readonly KeyRecord[]): KeyRecord {
  const keyId = signatures[0]?.keyid ?? '';
  const found = keys.find((key) => key.keyId === keyId);
  if (found === undefined) throw new DomainError('signer-unknown', { keyId });
  return found;
}

/** What the coordinator said of the site's key, and when; its own key must have been valid then. */
function openSiteKey({ siteKey }: ReportBundle, online: readonly KeyRecord[]): SiteKeyStatement {
  const { payload } = openEnvelope(siteKey, payloadTypes.siteKey, among(online));
  const statement = SiteKeyStatement.parse(parseJson(payload));
  requireKey(signerOf(siteKey, online), 'online', statement.statedAt);
  return statement;
}
