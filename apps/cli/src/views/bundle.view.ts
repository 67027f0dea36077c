// A verified bundle for people: the steps, the reports, and for every pooled number the reports it rests on.
import type { BundleVerification } from '../evidence/verify-bundle.ts';

const short = (digest: string): string => digest.slice(0, 12);

export function bundleView({
  run,
  exportedAt,
  auditHead,
  reports,
  steps,
  numbers,
}: BundleVerification): string {
  const names = new Map(reports.map(({ payloadDigest, siteName }) => [payloadDigest, siteName]));
  const source = (digest: string): string => `${short(digest)} (${names.get(digest) ?? 'unknown'})`;
  return [
    `run ${run}, exported ${exportedAt}`,
    ...steps.map((step) => `  ok  ${step}`),
    'reports:',
    ...reports.map((r) => `  ${r.payloadDigest}  ${r.siteName}, ${r.state}, received ${r.receivedAt}`),
    'pooled numbers, and the reports each rests on:',
    ...numbers.map(
      ({ path, value, reports: from }) => `  ${path} = ${value}  <- ${from.map(source).join(', ') || 'none'}`,
    ),
    `audit log then: ${auditHead.count} entries, head ${auditHead.head}`,
  ].join('\n');
}
