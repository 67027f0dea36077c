// What a bundle says, unpacked: the protocol, the reports with their receipts, and the analysis. Signatures are judged
// by `sidemark bundle verify`; here the same bytes are read.
import {
  type Analysis,
  type BundleKey,
  type Envelope,
  type Manifest,
  ProtocolDocument,
  Receipt,
  Report,
  type ReportState,
  type RunBundle,
} from '@sidemark/core/contract';
import { digestOf, keyIdOf, sha256 } from '@sidemark/core/signing';

export interface ReadReport {
  readonly payloadDigest: string;
  readonly state: ReportState;
  readonly report: Report;
  readonly receipt: Receipt;
  readonly siteName: string;
  /** key ids of report and receipt */
  readonly signers: readonly [site: string, online: string];
}

export interface RunEvidence {
  readonly run: string;
  readonly protocol: ProtocolDocument;
  readonly protocolDigest: string;
  /** SHA-256 of the release key: what a stranger compares */
  readonly releaseFingerprint: string;
  /** key id on the protocol */
  readonly protocolSigner: string;
  readonly analysis: Analysis;
  /** SHA-256 of its canonical JSON */
  readonly analysisDigest: string;
  /** detector, inpainter, classifiers in protocol order */
  readonly manifests: readonly Manifest[];
  /** as they stood when the newest report came: what became of them since is not of this analysis */
  readonly keys: readonly BundleKey[];
  /** every one, oldest first */
  readonly reports: readonly ReadReport[];
  /** those that count, in the order of the sites */
  readonly accepted: readonly ReadReport[];
}

/** @throws ZodError when a payload is not what its type says, which no coordinator exports */
export function readEvidence(bundle: RunBundle): RunEvidence {
  const { statement, analysis } = bundle;
  const reports = statement.reports.map(({ payloadDigest, state }, i) => {
    const { envelope, receipt } = bundle.reports[i]!;
    const report = Report.parse(payloadOf(envelope));
    return {
      ...{ payloadDigest, state, report },
      receipt: Receipt.parse(payloadOf(receipt)),
      siteName:
        statement.sites.find(({ site }) => site === report.header.site)?.siteName ?? report.header.site,
      signers: [signerOf(envelope), signerOf(receipt)] as const,
    };
  });
  const payload = Buffer.from(bundle.protocol.payload, 'base64');
  return {
    run: statement.run,
    protocol: ProtocolDocument.parse(payloadOf(bundle.protocol)),
    protocolDigest: sha256(payload),
    releaseFingerprint: keyIdOf(Buffer.from(bundle.releasePublicKey, 'base64')),
    protocolSigner: signerOf(bundle.protocol),
    analysis,
    analysisDigest: digestOf(analysis),
    manifests: statement.manifests,
    keys: keysAt(statement.keys, analysis.computedAt),
    reports,
    accepted: statement.sites.flatMap(({ site }) =>
      reports.filter(({ state, report }) => state === 'accepted' && report.header.site === site),
    ),
  };
}

function keysAt(keys: readonly BundleKey[], at: string): BundleKey[] {
  const past = (instant: string | null): string | null =>
    instant !== null && instant <= at ? instant : null;
  return keys
    .filter(({ validFrom }) => validFrom <= at)
    .map((key) => ({ ...key, validUntil: past(key.validUntil), revokedAt: past(key.revokedAt) }));
}

const payloadOf = ({ payload }: Envelope): unknown =>
  JSON.parse(Buffer.from(payload, 'base64').toString('utf8'));
const signerOf = ({ signatures }: Envelope): string => signatures[0]?.keyid ?? '';
