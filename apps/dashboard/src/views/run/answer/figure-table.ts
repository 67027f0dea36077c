// One figure of a run, site by site, as a table.
import type { Analysis, SiteRow } from '@sidemark/core/contract';
import { count, percent, signed, small, three } from '../../../format/number.ts';
import { exclusion } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import type { Cell, Table } from '../../parts/table.ts';
import { none, numberCell, optionalCell, siteCell } from '../cells.ts';
import { type Figure, refOf } from '../pooled.ts';
import { weightOf } from './forest-model.ts';

/** One figure, site by site: the numbers behind the forest plot. */
export function figureTable(analysis: Analysis, figure: Figure, links: Links): Table {
  const ref = refOf(figure);
  const show = figure.kind === 'cell' ? three : signed;
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
    rows: analysis.sites.map((site) => {
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
        pooledState(row),
      ];
    }),
  };
}

function pooledState(row: SiteRow | undefined): Cell {
  if (!row) return { text: 'no', tone: 'absent' };
  return row.excluded === null ? { text: 'yes' } : { text: `no: ${exclusion(row.excluded)}`, tone: 'absent' };
}
