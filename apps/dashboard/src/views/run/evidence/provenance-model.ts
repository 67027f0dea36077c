// Which signed reports a number rests on.
import type { Analysis, Protocol, ReportList } from '@sidemark/core/contract';
import type { z } from 'zod';
import { shortDigest } from '../../../format/number.ts';
import { instant } from '../../../format/time.ts';
import { isAskedFor } from '../../../routes/links.ts';
import { hrefs } from '../../../routes/route.ts';
import type { Table } from '../../parts/table.ts';

type Reports = z.infer<typeof ReportList>;

/** The reports that `from` asks for; of `all` those that count. Ordered by site. */
export function askedReports(
  { sites }: Pick<Analysis, 'sites'>,
  { reports }: Reports,
  from: string,
): (Reports['reports'][number] & { readonly siteName: string })[] {
  const nameOf = (site: string): string => sites.find((one) => one.site === site)?.siteName ?? 'unknown';
  return reports
    .filter(
      ({ payloadDigest, state }) =>
        isAskedFor(from, payloadDigest) && (from !== 'all' || state === 'accepted'),
    )
    .map((report) => ({ ...report, siteName: nameOf(report.site) }))
    .sort((a, b) => a.siteName.localeCompare(b.siteName));
}

export function provenanceTable(analysis: Analysis, reports: Reports, from: string): Table {
  return {
    caption: 'Signed reports behind the number',
    file: 'provenance',
    columns: [
      ...['Site', 'Verified and received', 'Payload digest', 'Result digest', 'Signed by key'].map(
        (label) => ({
          label,
        }),
      ),
      { label: 'Number', numeric: true },
      { label: 'State' },
    ],
    rows: askedReports(analysis, reports, from).map((one) => [
      { text: one.siteName },
      { text: instant(one.receivedAt), raw: one.receivedAt },
      {
        text: `${shortDigest(one.payloadDigest)}…`,
        raw: one.payloadDigest,
        href: hrefs.report(analysis.run, one.payloadDigest),
      },
      { text: `${shortDigest(one.resultDigest)}…`, raw: one.resultDigest },
      { text: `${shortDigest(one.siteKeyId)}…`, raw: one.siteKeyId },
      { text: String(one.sequence) },
      one.state === 'accepted' ? { text: 'counts', tone: 'good' } : { text: 'superseded', tone: 'quiet' },
    ]),
  };
}

/** Name and digest of everything that the run was made with. */
export function ingredients(protocol: Protocol | undefined): [name: string, digest: string][] {
  if (!protocol) return [];
  const { document, digest, name, version } = protocol;
  return [
    [`protocol ${name}, version ${version}`, digest],
    [`detector ${document.detector.name} ${document.detector.version}`, document.detector.sha256],
    [`inpainter ${document.inpainter.name} ${document.inpainter.version}`, document.inpainter.sha256],
    ...document.classifiers.map(({ id, model }): [string, string] => [
      `classifier ${id} (${model.name} ${model.version})`,
      model.sha256,
    ]),
  ];
}
