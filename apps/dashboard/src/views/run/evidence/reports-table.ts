// Where the numbers come from: the signed reports of a run.
import type { Analysis, ReportList } from '@sidemark/core/contract';
import type { z } from 'zod';
import { shortDigest } from '../../../format/number.ts';
import { instant } from '../../../format/time.ts';
import { hrefs } from '../../../routes/route.ts';
import type { Table } from '../../parts/table.ts';

export function reportsTable({ run, sites }: Analysis, { reports }: z.infer<typeof ReportList>): Table {
  const nameOf = (site: string): string => sites.find((one) => one.site === site)?.siteName ?? 'unknown';
  const ordered = [...reports].sort(
    (a, b) => nameOf(a.site).localeCompare(nameOf(b.site)) || a.sequence - b.sequence,
  );
  return {
    caption: 'Signed reports',
    file: 'reports',
    columns: [
      { label: 'Site' },
      { label: 'Report' },
      { label: 'Number', numeric: true },
      { label: 'Verified and received' },
      { label: 'State' },
      { label: 'Signed by key' },
    ],
    rows: ordered.map(({ site, payloadDigest, sequence, receivedAt, state, siteKeyId }) => [
      { text: nameOf(site) },
      { text: shortDigest(payloadDigest), raw: payloadDigest, href: hrefs.report(run, payloadDigest) },
      { text: String(sequence) },
      { text: instant(receivedAt), raw: receivedAt },
      state === 'accepted' ? { text: 'counts', tone: 'good' } : { text: 'superseded', tone: 'quiet' },
      { text: shortDigest(siteKeyId), raw: siteKeyId },
    ]),
  };
}
