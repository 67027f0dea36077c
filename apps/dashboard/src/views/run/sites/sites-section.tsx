// The sites of a run: what each brought, and which were left out of what, and why.
import type { ReactNode } from 'react';
import type { Analysis } from '@sidemark/core/contract';
import { DataTable } from '../../parts/data-table.tsx';
import { Section, type SectionProps } from '../section.tsx';
import { exclusionsTable, sitesTable } from './site-tables.ts';

/** From the sites that were asked to those that count, in one sentence. */
export function accountSentence({ sites }: Pick<Analysis, 'sites'>): string {
  const reported = sites.filter((site) => site.reported);
  const counting = reported.filter(
    ({ qualification }) => qualification === 'qualified' || qualification === 'not-asked',
  );
  const refused = sites.filter(({ refusal }) => refusal !== null).length;
  const parts = [
    `${sites.length} sites were asked`,
    `${reported.length} reported`,
    ...(refused > 0 ? [`${refused} refused or failed`] : []),
    `${counting.length} count`,
  ];
  return `${parts.join(', ')}.`;
}

export function SitesSection({ analysis, links }: SectionProps): ReactNode {
  return (
    <Section
      id="sites"
      title="What each site brought"
      href={links.section('sites')}
      lead={accountSentence(analysis)}
    >
      <DataTable table={sitesTable(analysis, links)} heading={false} />
    </Section>
  );
}

export function ExcludedSection({ analysis, links }: SectionProps): ReactNode {
  return (
    <Section
      id="excluded"
      title="Left out, and why"
      href={links.section('excluded')}
      lead="Every site that some figure had to do without. Withheld: the figure exists, and the site keeps it because it would tell of too few patients."
    >
      <DataTable table={exclusionsTable(analysis)} heading={false} />
    </Section>
  );
}
