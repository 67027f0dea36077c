// Verifies the evidence of a run with nothing but its file and the fingerprint of the trial's release key: signatures
// from that key down, then the pooled numbers, computed again from the signed reports and compared digit by digit.
import {
  classifierFacts,
  planPooling,
  type PooledNumber,
  pooledNumbers,
  type PoolingInput,
} from '@sidemark/core/analysis';
import { RunBundle, readWith } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { checkSeal, openKeys } from './bundle-keys.ts';
import { type CheckedProtocol, checkProtocol } from './bundle-protocol.ts';
import { checkQualifications } from './bundle-qualifications.ts';
import { type CheckedReport, checkReports, historyOf, newestReceipt, poolable } from './bundle-reports.ts';
import { at, requireSame } from './place.ts';

export interface BundleVerification {
  readonly run: string;
  readonly exportedAt: string;
  readonly protocolDigest: string;
  readonly auditHead: { readonly count: number; readonly head: string };
  readonly reports: readonly {
    readonly siteName: string;
    readonly payloadDigest: string;
    readonly state: CheckedReport['state'];
    readonly receivedAt: string;
  }[];
  readonly steps: readonly string[];
  /** every pooled number with the signed reports it rests on */
  readonly numbers: readonly PooledNumber[];
}

/**
 * @param input what `sidemark bundle export` wrote.
 * @param fingerprint SHA-256 of the release key, as printed in every kit and known out of band.
 * @throws DomainError `fingerprint-mismatch`, `bundle-altered` with place, found and expected, and those of signatures,
 *   keys and reports with the place.
 */
export function verifyBundle(input: unknown, fingerprint: string): BundleVerification {
  const bundle = readBundle(input);
  const keys = openKeys(bundle, fingerprint);
  checkSeal(bundle, keys);
  const protocol = checkProtocol(bundle, keys.release);
  const reports = checkReports(bundle, keys, protocol);
  const verdicts = checkQualifications(bundle, keys, protocol);
  const numbers = poolAgain(bundle, protocol, reports, verdicts);
  const { run, exportedAt, sites, audit } = bundle.statement;
  return {
    run,
    exportedAt,
    protocolDigest: protocol.digest,
    auditHead: { count: audit.count, head: audit.head },
    reports: reports.map(({ report, receipt, payloadDigest, state }) => ({
      siteName: sites.find(({ site }) => site === report.header.site)?.siteName ?? '',
      payloadDigest,
      state,
      receivedAt: receipt.receivedAt,
    })),
    steps: [
      'release key has the fingerprint',
      'on-line keys are listed by the release key, one list after the other',
      'later keys of sites are named by the keys before them',
      'statement is sealed',
      'protocol is signed, and its models are released',
      `${reports.length} reports are signed, acknowledged, of this protocol and its models, by keys valid at their receipt`,
      ...(verdicts.size > 0
        ? [`answers of ${verdicts.size} sites to the pack are signed and judged again`]
        : []),
      'audit entries of the reports hold',
      `${numbers.length} pooled numbers follow from the reports`,
    ],
    numbers,
  };
}

function readBundle(input: unknown): RunBundle {
  const parsed = readWith(RunBundle, input);
  if (parsed.success) {
    // what a schema would fill in was left out of the file
    requireSame('bundle', input, parsed.data);
    return parsed.data;
  }
  const { path, message } = innermost(parsed.error.issues[0]!);
  const found = path.reduce<unknown>((value, key) => (value as Record<PropertyKey, unknown>)[key], input);
  throw new DomainError('bundle-altered', {
    place: path.map(String).join('.') || 'file',
    found: (JSON.stringify(found) ?? 'nothing').slice(0, 200),
    expected: message,
  });
}

type Issue = NonNullable<ReturnType<typeof RunBundle.safeParse>['error']>['issues'][number];

/** Of a value that fits no branch of a union, what keeps it from the branch that it comes closest to. */
function innermost(issue: Issue): { path: PropertyKey[]; message: string } {
  const inner = issue.code === 'invalid_union' ? issue.errors.flat().map(innermost) : [];
  const deepest = inner.sort((a, b) => b.path.length - a.path.length)[0];
  return deepest ? { ...deepest, path: [...issue.path, ...deepest.path] } : issue;
}

function poolAgain(
  bundle: RunBundle,
  { digest, document }: CheckedProtocol,
  reports: readonly CheckedReport[],
  verdicts: PoolingInput['verdicts'],
): PooledNumber[] {
  const { run, exportedAt, sites, manifests } = bundle.statement;
  const facts = document.classifiers.map(({ id }, index) => {
    const place = `statement.manifests.${index + 2}`;
    return [id, at(place, () => classifierFacts(manifests[index + 2]!))] as const;
  });
  const pooling = {
    run,
    protocolDigest: digest,
    document,
    classifiers: new Map(facts),
    sites,
    reports: poolable(bundle, reports),
    ...(verdicts && { verdicts }),
    history: historyOf(bundle, reports),
    computedAt: newestReceipt(reports) ?? exportedAt,
  };
  const again = at('reports', () => planPooling(pooling));
  requireSame('analysis', bundle.analysis, again);
  return pooledNumbers(again, pooling);
}
