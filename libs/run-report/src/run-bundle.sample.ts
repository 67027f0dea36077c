// A bundle made by hand for tests: three sites that reported and one that refused, signed with keys of the test.
import {
  type Arm,
  type Envelope,
  payloadTypes,
  type Receipt,
  type Report,
  type ReportResult,
  RunBundle,
  type SiteScope,
} from '@sidemark/core/contract';
import { planPooling } from '@sidemark/core/analysis';
import { digestOf, sha256, signingKeyFromSeed, signStatement } from '@sidemark/core/signing';
import { id, input, sha, size, three } from '../../core/src/analysis/analysis.sample.ts';

const keyOf = (n: number) => signingKeyFromSeed(new Uint8Array(32).fill(n));
const release = keyOf(1);
const online = keyOf(2);
const at = '2026-01-02T03:04:05.000Z';

const protocolChange = {
  comparisons: [
    {
      id: 'inpainting',
      a: { classifier: 'one', arm: 'inpainted' },
      b: { classifier: 'one', arm: 'original' },
      primary: true,
    },
    {
      id: 'clipping',
      a: { classifier: 'one', arm: 'clipped' },
      b: { classifier: 'one', arm: 'original' },
      primary: false,
    },
  ],
} as const;

/** Of the films of each site three are skipped, for two reasons. */
const images: ReportResult['images'] = {
  registered: size(103),
  evaluated: size(100),
  skipped: [
    { reason: 'truncated', images: 1 },
    { reason: 'view-not-allowed', images: 2 },
  ],
};

/**
 * @param exportedAt what differs between two exports of one analysis
 * @param refusal why the fourth site sent no report
 * @param asked which sites the plan asks about; site-0 is internal
 */
export function sampleBundle(
  exportedAt = '2026-02-01T00:00:00.000Z',
  refusal: 'declined-by-person' | 'report-withheld' = 'declined-by-person',
  asked: SiteScope = 'all',
): RunBundle {
  const families = [{ name: 'main', comparisons: ['inpainting'] }];
  const base = input(three, {
    comparisons: protocolChange.comparisons.map((one) => structuredClone(one)),
    ...(asked !== 'all' && {
      analysis: { level: 0.95, plan: { families, sites: asked, margins: [], internalSites: [] } },
    }),
  });
  const silent = { site: id(40), siteName: 'silent', role: 'external' as const, refusal };
  const protocol = signStatement(payloadTypes.protocol, base.document, release);
  const protocolDigest = sha256(Buffer.from(protocol.payload, 'base64'));
  const comparisons = base.document.comparisons;
  const signed = base.reports.map(({ site, result }, n) => {
    const figures: ReportResult = {
      ...result,
      images,
      comparisons: comparisons.map(({ a }) => comparison(a.arm, n)),
    };
    return { site, result: figures, ...signedReport(n, site, figures, protocolDigest) };
  });
  const sites = [...base.sites, silent];
  const analysis = planPooling({
    ...{ ...base, protocolDigest, sites, computedAt: at },
    reports: signed.map(({ site, result, payloadDigest }, n) => ({
      ...{ site, result, payloadDigest, siteName: `site-${n}` },
    })),
  });
  const statement = {
    schema: 'sidemark.bundle-statement/1',
    ...{ run: base.run, exportedAt, sites },
    keys: [
      { ...record(release, 'release'), site: null, succession: null },
      { ...record(online, 'online'), site: null, succession: null },
      ...signed.map(({ site }, n) => ({ ...record(keyOf(10 + n), 'site'), site, succession: null })),
    ],
    manifests: [],
    reports: signed.map(({ payloadDigest }) => ({ payloadDigest, state: 'accepted' })),
    audit: { count: 3, head: sha, entries: [] },
  };
  return RunBundle.parse({
    schema: 'sidemark.bundle/1',
    ...{ statement, protocol, analysis },
    seal: signStatement(payloadTypes.bundle, statement, online),
    releasePublicKey: Buffer.from(release.publicKey).toString('base64'),
    delegations: [signStatement(payloadTypes.keyDelegation, {}, release)],
    releases: [],
    reports: signed.map(({ envelope, receipt }) => ({ envelope, receipt })),
  });
}

/** Of an arm minus the original; larger at each site. */
function comparison(arm: Arm, n: number): ReportResult['comparisons'][number] {
  const cell = { classifier: sha, arm: 'original' } as const;
  return {
    a: { ...cell, arm },
    b: cell,
    positives: size(40),
    negatives: size(60),
    difference: { kind: 'estimate', value: 0.02 + 0.02 * n },
    variance: { kind: 'estimate', value: 0.0005 },
  };
}

function signedReport(
  n: number,
  site: string,
  result: ReportResult,
  protocolDigest: string,
): { envelope: Envelope; receipt: Envelope; payloadDigest: string } {
  const key = keyOf(10 + n);
  const report: Report = {
    header: {
      ...{ schema: 'sidemark.report/1', contract: 1, study: id(1), run: id(2), job: id(50 + n), site },
      ...{ siteKeyId: key.keyId, sequence: 1, protocolDigest, models: [sha, sha, sha] },
      ...{ datasetDigest: sha, agentVersion: '0.1.0', nodeVersion: '24.11.0', onnxruntimeVersion: '1.30.0' },
      ...{ platform: 'linux', architecture: 'x64', finishedAt: at },
    },
    result,
    resultDigest: digestOf(result),
  };
  const envelope = signStatement(payloadTypes.report, report, key);
  const payloadDigest = sha256(Buffer.from(envelope.payload, 'base64'));
  const receipt: Receipt = {
    schema: 'sidemark.receipt/1',
    ...{ job: id(50 + n), site, payloadDigest, sequence: 1, receivedAt: at, auditHead: sha },
  };
  return { envelope, payloadDigest, receipt: signStatement(payloadTypes.receipt, receipt, online) };
}

const record = ({ keyId, publicKey }: ReturnType<typeof keyOf>, role: string) => ({
  ...{ keyId, role, publicKey: Buffer.from(publicKey).toString('base64') },
  ...{ validFrom: '2026-01-01T00:00:00.000Z', validUntil: null, revokedAt: null },
});
