// One section of the robustness page, and what every section is given.
import type { ReactNode } from 'react';
import type { Analysis, Protocol, ReportList } from '@sidemark/core/contract';
import type { z } from 'zod';
import type { ArmName } from '../../routes/route.ts';
import type { Links } from '../../routes/links.ts';
import type { Figure } from './pooled.ts';

export interface SectionProps {
  readonly analysis: Analysis;
  /** undefined: it is not at hand yet */
  readonly protocol: Protocol | undefined;
  readonly reports: z.infer<typeof ReportList>;
  readonly links: Links;
  /** px that a chart has */
  readonly width: number;
  /** of the first section; undefined: the analysis has no such figure */
  readonly figure: Figure | undefined;
  /** the model that is shown in depth */
  readonly model: string;
  /** laid side by side; null: as they come */
  readonly arms: readonly [ArmName, ArmName] | null;
}

export type Group = 'answer' | 'models' | 'model' | 'sites' | 'evidence';

export interface SectionEntry {
  /** in addresses */
  readonly id: string;
  readonly title: string;
  readonly group: Group;
  /** why the run has no such section, in words; null: it has */
  readonly absent: (props: Pick<SectionProps, 'analysis' | 'model' | 'figure'>) => string | null;
  readonly Body: (props: SectionProps) => ReactNode;
}

/** A card with a heading that can be linked to. */
export function Section(props: {
  id: string;
  title: string;
  href: string;
  /** how it is read, in a sentence or two */
  lead?: ReactNode;
  children: ReactNode;
}): ReactNode {
  const { id, title, href, lead, children } = props;
  return (
    <section aria-labelledby={id} className="card section">
      <h3 id={id} tabIndex={-1}>
        {title}
        <a className="anchor" href={href} aria-label={`Link to: ${title}`}>
          #
        </a>
      </h3>
      {lead && <p className="lead">{lead}</p>}
      {children}
    </section>
  );
}

/** The numbers behind a chart, folded away. */
export function Numbers({ children }: { children: ReactNode }): ReactNode {
  return (
    <details>
      <summary>Numbers</summary>
      {children}
    </details>
  );
}
