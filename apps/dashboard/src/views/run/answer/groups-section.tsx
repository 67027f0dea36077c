// Internal against external: sites whose data trained a model of the figure, and the others.
import type { ReactNode } from 'react';
import type { Analysis, PooledFigure } from '@sidemark/core/contract';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import type { DotRow, DotRowsData } from '../../../charts/rows/row-data.ts';
import { interval, pText, signed, three } from '../../../format/number.ts';
import type { Links } from '../../../routes/links.ts';
import type { Figure } from '../pooled.ts';
import { Section, type SectionProps } from '../section.tsx';

const names = { internal: 'Internal', external: 'External' } as const;

/** Rows for either group and for all sites; a group of one site is its own figure. */
export function groupsModel(figure: Figure, links: Links): DotRowsData {
  const show = figure.kind === 'cell' ? three : signed;
  const { groups, meta, sites } = figure.of;
  const rowOf = (name: string, pooled: PooledFigure | null, sum: boolean): DotRow[] => {
    if (pooled === null || pooled.answer === null) return [];
    const members = pooled.members.map(({ siteName }) => siteName);
    const behind = sites.filter(({ siteName }) => members.includes(siteName));
    return [
      {
        name: `${name} (${members.length})`,
        href: links.from(behind.map(({ payloadDigest }) => payloadDigest)),
        dots: [{ ...pooled.answer, outer: pooled.prediction && outerOf(pooled.prediction) }],
        text: interval(show, pooled.answer),
        ...{ note: null, withheld: false, sum },
      },
    ];
  };
  return {
    ...{ title: 'Internal and external sites', rowLabel: 'Sites', textLabel: 'Pooled [interval]' },
    series: [{ name: 'pooled', tone: 'pooled' }],
    rows: [
      ...rowOf(names.internal, groups.internal, false),
      ...rowOf(names.external, groups.external, false),
      ...rowOf('All', meta, true),
    ],
    reference: figure.kind === 'cell' ? null : { value: 0, label: 'no difference' },
    ...{ axis: figure.kind === 'cell' ? 'AUC' : 'difference of AUC', show, joined: false },
  };
}

const outerOf = ({ lower, upper }: { lower: number; upper: number }) => [lower, upper] as const;

export function groupsSentence({ of: { groups } }: Figure): string {
  if (groups.test === null) return 'One group alone has the figure: the two cannot be compared.';
  return `Whether the two differ: Q ${three(groups.test.q)} on ${groups.test.df} degree of freedom, ${pText(groups.test.p)}.`;
}

export function GroupsSection({ analysis, figure, links, width }: SectionProps): ReactNode {
  if (!figure) return null;
  return (
    <Section
      id="groups"
      title="Internal against external"
      href={links.section('groups')}
      lead={`${trainedAt(analysis)} A model that leans on the markers of its own hospital shines there and not elsewhere. ${groupsSentence(figure)}`}
    >
      <DotRows data={groupsModel(figure, links)} width={width} />
    </Section>
  );
}

function trainedAt({ plan }: Analysis): string {
  const sites = [...new Set(plan.internal.flatMap((one) => one.sites))];
  return sites.length === 0
    ? 'No site of the run trained a model.'
    : `Internal are the sites whose data trained a model: ${sites.join(', ')}.`;
}
