// Whether the answer hangs on one site: the pooled figure without each of them.
import type { ReactNode } from 'react';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import type { DotRow, DotRowsData } from '../../../charts/rows/row-data.ts';
import { signed, three } from '../../../format/number.ts';
import type { Links } from '../../../routes/links.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { memberDigests } from '../cells.ts';
import { textOf } from '../figure-rows.ts';
import { askedFigure, type Figure, pooledAnswer, scopeOf } from '../pooled.ts';
import { Numbers, Section, type SectionProps } from '../section.tsx';
import { leaveOneOutTable } from './leave-one-out-table.ts';

export function leaveOneOutModel(figure: Figure, links: Links): DotRowsData {
  const show = figure.kind === 'cell' ? three : signed;
  const which = scopeOf(figure) === 'all' ? '' : `${scopeOf(figure)} `;
  const meta = askedFigure(figure);
  const answer = pooledAnswer({ meta });
  const rows = (meta?.leaveOneOut ?? []).map(({ without, estimate, lower, upper }): DotRow => {
    const dots = [{ estimate, lower, upper }];
    const others = figure.of.sites.filter(({ siteName }) => siteName !== without);
    const href = links.from(memberDigests(meta, others));
    return {
      ...{ name: `without ${without}`, href, dots, text: textOf(dots, show) },
      ...{ note: null, withheld: false, sum: false },
    };
  });
  return {
    ...{ title: 'The pooled figure without one site', rowLabel: 'Left out', textLabel: 'Pooled without it' },
    series: [{ name: 'pooled without the site', tone: 'pooled' }],
    rows,
    reference: answer ? { value: answer.estimate, label: `all ${which}sites` } : null,
    ...{ axis: figure.kind === 'cell' ? 'pooled AUC' : 'pooled difference of AUC', show, joined: false },
  };
}

export function LeaveOneOutSection({ figure, links, width }: SectionProps): ReactNode {
  if (!figure) return null;
  const scope = scopeOf(figure);
  const about = scope === 'all' ? '' : ` It is about the ${scope} sites alone, as the plan asks.`;
  return (
    <Section
      id="leave-one-out"
      title="Without one site"
      href={links.section('leave-one-out')}
      lead={`The same pooling without each site in turn. An answer that leaves the others’ intervals when one site goes hangs on that site.${about}`}
    >
      <DotRows data={leaveOneOutModel(figure, links)} width={width} />
      <Numbers>
        <DataTable table={leaveOneOutTable(figure)} heading={false} />
      </Numbers>
    </Section>
  );
}
