// What each site brought, and what had to do without it, as tables.
import type { Analysis, SiteSummary } from '@sidemark/core/contract';
import { count } from '../../../format/number.ts';
import { absence, exclusionNames, qualificationNames } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import type { Cell, Table } from '../../parts/table.ts';
import { none, numberCell } from '../cells.ts';

/** What each site brought. Before its report a site has no counts, which is not zero. */
export function sitesTable(analysis: Analysis, links: Links): Table {
  const counts = ['Films', 'Skipped', 'With a marker', 'Inert: inpainted', 'Inert: clipped'];
  return {
    caption: 'Sites',
    file: 'sites',
    columns: [
      ...['Site', 'Role', 'Report', 'Qualification'].map((label) => ({ label })),
      ...counts.map((label) => ({ label, numeric: true })),
    ],
    rows: analysis.sites.map((site) => [
      { text: site.siteName },
      { text: site.role },
      site.reported ? { text: 'accepted', tone: 'good' } : { text: 'none yet', tone: 'absent' },
      qualificationCell(site),
      ...[
        site.imagesEvaluated,
        site.imagesSkipped,
        site.imagesWithMarker,
        site.inertInpainted,
        site.inertClipped,
      ].map((n) => (site.reported ? { ...numberCell(count, n), ...behind(analysis, site, links) } : none)),
    ]),
  };
}

/** Payload digest of the site's report that counts; undefined: there is none. */
export function countingDigest({ history }: Pick<Analysis, 'history'>, site: string): string | undefined {
  const own = history.find((one) => one.site === site)?.reports ?? [];
  return own.find(({ state }) => state === 'accepted')?.payloadDigest;
}

function behind(analysis: Analysis, { site }: SiteSummary, links: Links): Pick<Cell, 'href'> {
  const digest = countingDigest(analysis, site);
  return digest === undefined ? {} : { href: links.from([digest]) };
}

function qualificationCell({ qualification }: SiteSummary): Cell {
  const text = qualificationNames[qualification];
  if (qualification === 'qualified') return { text, tone: 'good' };
  return { text, tone: qualification === 'not-qualified' ? 'bad' : 'quiet' };
}

const from = {
  run: 'the whole run',
  classifier: 'a model',
  cell: 'a model on an arm',
  comparison: 'a comparison',
};

/** Every site that some figure had to do without, and why. */
export function exclusionsTable({ exclusions }: Analysis): Table {
  return {
    caption: 'Left out',
    file: 'left-out',
    columns: ['Site', 'Of', 'Which', 'Why'].map((label) => ({ label })),
    rows: exclusions.map(({ siteName, from: level, of, reason, detail }) => [
      { text: siteName },
      { text: from[level] },
      of === null ? { text: '–', raw: '', tone: 'absent' } : { text: of },
      {
        text: detail === null ? exclusionNames[reason] : absence(detail),
        tone: reason === 'withheld' || reason === 'below-floor' ? 'withheld' : 'absent',
      },
    ]),
  };
}
