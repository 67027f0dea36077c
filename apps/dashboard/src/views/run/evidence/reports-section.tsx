// Where the numbers come from: the signed reports of a run.
import type { ReactNode } from 'react';
import { hrefs } from '../../../routes/route.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Section, type SectionProps } from '../section.tsx';
import { reportsTable } from './reports-table.ts';

export function ReportsSection({ analysis, reports, links }: SectionProps): ReactNode {
  return (
    <Section id="reports" title="Signed reports" href={links.section('reports')}>
      <DataTable table={reportsTable(analysis, reports)} heading={false} />
      <p className="hint">
        The coordinator verified signature, key, protocol and sequence of each report before it signed the
        receipt. Whoever doubts it checks again, without the coordinator: <code>sidemark bundle export</code>,
        then <code>sidemark bundle verify</code>. <a href={hrefs.reports(analysis.run)}>All downloads</a>
      </p>
    </Section>
  );
}
