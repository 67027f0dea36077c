// What the sites of a run answered to its pack, for people.
import type { Finding, SiteQualification } from '@sidemark/core/contract';
import { table } from '@sidemark/terminal';
import { three } from './number.ts';

export function qualificationView(qualifications: readonly SiteQualification[]): string {
  if (qualifications.length === 0) return 'No site has answered a pack of phantoms in this run.';
  const rows = qualifications.map(({ siteName, verdict, receivedAt, payloadDigest }) => [
    siteName,
    verdict.state,
    `${verdict.differences}`,
    receivedAt,
    payloadDigest.slice(0, 12),
  ]);
  const verdicts = table(['site', 'verdict', 'differences', 'received', 'answers'], rows, [
    ...(['left', 'left', 'right', 'left', 'left'] as const),
  ]);
  const differing = qualifications
    .filter(({ verdict }) => verdict.findings.length > 0)
    .map(
      ({ siteName, verdict }) => `${siteName}: ${verdict.findings.slice(0, 5).map(findingText).join('; ')}`,
    );
  return [verdicts, ...differing].join('\n');
}

function findingText({ film, what, classifier, arm, expected, found }: Finding): string {
  const where = [film, classifier, arm].filter((part) => part !== null).join(' ');
  const figures =
    expected === null || found === null ? '' : ` ${three(expected)} expected, ${three(found)} found`;
  return `${what}${where === '' ? '' : ` of ${where}`}${figures}`;
}
