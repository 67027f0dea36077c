// All comparisons of the run, pooled.
import type { ReactNode } from 'react';
import type { Analysis } from '@sidemark/core/contract';
import { askedFigure } from '@sidemark/core/reading';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import type { DotRow, DotRowsData } from '../../../charts/rows/row-data.ts';
import { interval, signed } from '../../../format/number.ts';
import { absence, isWithheld } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { pooledAnswer, whyNotPooled } from '../pooled.ts';
import { Numbers, Section, type SectionProps } from '../section.tsx';
import { comparisonsTable } from './model-tables.ts';

export function comparisonsModel({ comparisons }: Pick<Analysis, 'comparisons'>, links: Links): DotRowsData {
  return {
    ...{
      title: 'All comparisons, pooled',
      rowLabel: 'Comparison',
      textLabel: 'Pooled difference [interval]',
    },
    ...{ axis: 'difference of AUC', show: signed, joined: false },
    series: [{ name: 'pooled', tone: 'pooled' }],
    reference: { value: 0, label: 'no difference' },
    rows: comparisons.map((comparison): DotRow => {
      const { id } = comparison;
      const asked = { ...comparison, meta: askedFigure(comparison) };
      const answer = pooledAnswer(asked);
      const common = { name: id, href: links.figure({ kind: 'comparison', id }), sum: false };
      if (answer)
        return { ...common, dots: [answer], text: interval(signed, answer), note: null, withheld: false };
      const reason = whyNotPooled(asked);
      return { ...common, dots: [null], text: '', note: absence(reason), withheld: isWithheld(reason) };
    }),
  };
}

export function ComparisonsSection({ analysis, links, width }: SectionProps): ReactNode {
  const { sites } = analysis.plan;
  const over = sites === 'all' ? '' : ` over the ${sites} sites, as the plan asks`;
  return (
    <Section
      id="comparisons"
      title="All comparisons"
      href={links.section('comparisons')}
      lead={`AUC of one model and arm minus AUC of another, on the same films, pooled${over}. Choose a line to see its sites.`}
    >
      <DotRows data={comparisonsModel(analysis, links)} width={width} />
      <Numbers>
        <DataTable table={comparisonsTable(analysis, links)} heading={false} />
      </Numbers>
    </Section>
  );
}
