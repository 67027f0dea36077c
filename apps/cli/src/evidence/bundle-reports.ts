// The reports of a bundle: signed by a key of their site that was valid when they came, made under this protocol with
// these models, acknowledged by a receipt, and entered in the audit log.
import type { SiteReport } from '@sidemark/core/analysis';
import type { ReportState, RunBundle, SiteHistory } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { linkHash } from '@sidemark/core/signing';
import { rawKey, type Received, verifyReceived } from '../verify-report.ts';
import { type BundleKeys, requireValid } from './bundle-keys.ts';
import type { CheckedProtocol } from './bundle-protocol.ts';
import { at, requireSame } from './place.ts';

export interface CheckedReport extends Pick<Received, 'report' | 'receipt' | 'payloadDigest'> {
  readonly state: ReportState;
}

/** In the order of the bundle. @throws DomainError of signatures, keys and digests, with the place */
export function checkReports(
  bundle: RunBundle,
  keys: BundleKeys,
  protocol: CheckedProtocol,
): CheckedReport[] {
  const { statement, reports } = bundle;
  requireSame('reports.length', reports.length, statement.reports.length);
  requireSame('statement.audit.entries.length', statement.audit.entries.length, reports.length);
  const checked = statement.reports.map(({ payloadDigest, state }, index) => {
    const received = at(`reports.${index}`, () => checkReport(bundle, index, keys));
    requireSame(`statement.reports.${index}.payloadDigest`, payloadDigest, received.payloadDigest);
    requireMembership(bundle, index, received, protocol);
    requireEntry(bundle, index, received);
    return { ...received, state };
  });
  requireOneEach(checked);
  return checked;
}

function checkReport({ statement, reports }: RunBundle, index: number, keys: BundleKeys): Received {
  const signed = reports[index]!;
  const keyId = signed.envelope.signatures[0]?.keyid ?? '';
  const named = statement.keys.find((key) => key.keyId === keyId);
  if (named === undefined) throw new DomainError('signer-unknown', { keyId });
  const received = verifyReceived(signed, rawKey(named.publicKey), keys.online);
  const { site } = received.report.header;
  const { receivedAt } = received.receipt;
  const { site: owner } = requireValid(statement.keys, { keyId, role: 'site' }, receivedAt);
  if (owner !== site) throw new DomainError('report-wrong-site', { signedBy: keyId });
  const onlineKey = signed.receipt.signatures[0]?.keyid ?? '';
  requireValid(keys.records, { keyId: onlineKey, role: 'online' }, receivedAt);
  return received;
}

function requireMembership(
  { statement }: RunBundle,
  index: number,
  { report: { header } }: Received,
  { digest, document, models }: CheckedProtocol,
): void {
  const { run, study, protocolDigest } = header;
  const place = `reports.${index}.header`;
  const expected = { run: statement.run, study: document.study, protocolDigest: digest, models };
  requireSame(place, { run, study, protocolDigest, models: header.models }, expected);
  const site = statement.sites.find((candidate) => candidate.site === header.site);
  requireSame(`${place}.site`, header.site, site?.site);
}

function requireEntry(
  { statement }: RunBundle,
  index: number,
  { receipt, payloadDigest }: Pick<Received, 'receipt' | 'payloadDigest'>,
): void {
  const place = `statement.audit.entries.${index}`;
  const { sequence, hash, previous, content } = statement.audit.entries[index]!;
  requireSame(`${place}.hash`, hash, linkHash(previous, content));
  requireSame(`${place}.hash`, hash, receipt.auditHead);
  requireSame(`${place}.content.details.payloadDigest`, content.details['payloadDigest'], payloadDigest);
  const { count, head } = statement.audit;
  if (sequence > count || (sequence === count && hash !== head))
    throw new DomainError('bundle-altered', { place: `${place}.sequence`, found: sequence, count });
}

/** A site's figures count once. */
function requireOneEach(reports: readonly CheckedReport[]): void {
  const counted = reports.filter(({ state }) => state === 'accepted').map(({ report }) => report.header.site);
  const twice = counted.find((site, index) => counted.indexOf(site) !== index);
  if (twice !== undefined)
    throw new DomainError('bundle-altered', {
      place: 'statement.reports',
      reason: `two reports of site ${twice} count`,
    });
}

/** What the pooling is computed from: accepted reports in the order of the sites. */
export function poolable({ statement }: RunBundle, reports: readonly CheckedReport[]): SiteReport[] {
  return statement.sites.flatMap(({ site, siteName }) =>
    reports
      .filter(({ state, report }) => state === 'accepted' && report.header.site === site)
      .map(({ payloadDigest, report }) => ({ site, siteName, payloadDigest, result: report.result })),
  );
}

/** Every report of each site in the order of their receipts, the superseded ones too. */
export function historyOf({ statement }: RunBundle, reports: readonly CheckedReport[]): SiteHistory[] {
  return statement.sites.flatMap(({ site, siteName }) => {
    const own = reports.filter(({ report }) => report.header.site === site);
    const entries = own.map(({ payloadDigest, state, receipt: { receivedAt } }) => ({
      ...{ payloadDigest, state, receivedAt },
    }));
    return own.length > 0 ? [{ site, siteName, reports: entries }] : [];
  });
}

/** When the newest report came; undefined without reports. */
export function newestReceipt(reports: readonly CheckedReport[]): string | undefined {
  return reports
    .map(({ receipt }) => receipt.receivedAt)
    .sort()
    .at(-1);
}
