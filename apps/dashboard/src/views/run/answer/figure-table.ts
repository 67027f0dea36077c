// One figure of a run, site by site and pooled, as a table: what the forest plot shows, for who reads numbers.
import type { Analysis, PooledFigure, SiteRow, SiteSummary } from '@sidemark/core/contract';
import { count, percent, signed, small, three } from '../../../format/number.ts';
import { exclusion } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import type { Cell, Table } from '../../parts/table.ts';
import { memberDigests, none, numberCell, optionalCell, type Show, siteCell } from '../cells.ts';
import { askedFigure, type Figure, pooledAnswer, refOf, scopeOf } from '../pooled.ts';
import { allName, pooledName, sitesOf, weightOf } from './forest-model.ts';

/** Sites that the question is about, what they pool to, then the others and what all sites pool to. */
export function figureTable(analysis: Analysis, figure: Figure, links: Links): Table {
  const ref = refOf(figure);
  const show = figure.kind === 'cell' ? three : signed;
  const [asked, others] = sitesOf(analysis, figure);
  const rowsOf = (sites: readonly SiteSummary[], isAsked: boolean): Cell[][] =>
    sites.map((site) => siteLine({ figure, links, show }, site, isAsked));
  const sums = (name: string, meta: PooledFigure | null): Cell[][] =>
    pooledLines({ figure, links, show }, name, meta);
  return {
    caption: 'The numbers behind the plot',
    file: ref.kind === 'cell' ? `auc-${ref.classifier}-${ref.arm}` : `difference-${ref.id}`,
    columns: [
      { label: 'Site' },
      { label: figure.kind === 'cell' ? 'AUC' : 'Difference', numeric: true },
      ...['Standard error', 'Lower', 'Upper', 'Weight'].map((label) => ({ label, numeric: true })),
      ...['Patients with', 'Patients without'].map((label) => ({ label, numeric: true })),
      { label: 'Pooled' },
    ],
    rows: [
      ...rowsOf(asked, true),
      ...sums(pooledName(figure), askedFigure(figure)),
      ...rowsOf(others, false),
      ...(scopeOf(figure) === 'all' ? [] : sums(allName, figure.of.meta)),
    ],
  };
}

interface Shown {
  readonly figure: Figure;
  readonly links: Links;
  readonly show: Show;
}

function siteLine({ figure, links, show }: Shown, site: SiteSummary, isAsked: boolean): Cell[] {
  const row = figure.of.sites.find((one) => one.site === site.site);
  const there = row?.estimate.kind === 'estimate';
  return [
    { text: site.siteName },
    siteCell(links, site, row, show),
    optionalCell(small, row?.standardError),
    optionalCell(show, row?.lower),
    optionalCell(show, row?.upper),
    optionalCell((x) => percent(x, 1), weightOf(figure, site)),
    there ? numberCell(count, row.positives.patients) : none,
    there ? numberCell(count, row.negatives.patients) : none,
    pooledState(row, isAsked),
  ];
}

function pooledState(row: SiteRow | undefined, isAsked: boolean): Cell {
  if (!isAsked) return { text: 'no: not in this question', tone: 'quiet' };
  if (!row) return { text: 'no', tone: 'absent' };
  return row.excluded === null ? { text: 'yes' } : { text: `no: ${exclusion(row.excluded)}`, tone: 'absent' };
}

/** The pooled answer, and where a new site would lie. */
function pooledLines({ figure, links, show }: Shown, name: string, meta: PooledFigure | null): Cell[][] {
  const answer = pooledAnswer({ meta });
  if (!answer || meta === null) return [];
  const { estimate, lower, upper } = answer;
  const rest = [none, none, none, none];
  const href = links.from(memberDigests(meta, figure.of.sites));
  // of an AUC it is that of the logit, which no other number of the row is
  const error = meta.scale === 'logit' ? none : numberCell(small, answer.standardError);
  const next = meta.prediction;
  return [
    [
      { text: name },
      { ...numberCell(show, estimate), href },
      ...[error, numberCell(show, lower), numberCell(show, upper), ...rest],
    ],
    ...(next
      ? [
          [
            ...[{ text: `${name}: a new site` }, none, none],
            ...[numberCell(show, next.lower), numberCell(show, next.upper), ...rest],
          ],
        ]
      : []),
  ];
}
