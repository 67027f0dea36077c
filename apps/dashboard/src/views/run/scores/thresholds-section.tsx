// Whether the threshold that a model ships carries over to a site.
import type { ReactNode } from 'react';
import type { Analysis, ThresholdAnalysis } from '@sidemark/core/contract';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import type { DotRow, DotRowsData } from '../../../charts/rows/row-data.ts';
import { count, signed, three } from '../../../format/number.ts';
import { absence, armNames } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Table } from '../../parts/table.ts';
import { numberCell, optionalCell } from '../cells.ts';
import { Numbers, Section, type SectionProps } from '../section.tsx';

export const thresholdsOf = (
  { thresholds }: Pick<Analysis, 'thresholds'>,
  model: string,
): ThresholdAnalysis[] => thresholds.filter(({ classifier }) => classifier === model);

type Decided = ThresholdAnalysis['sites'][number]['shipped'];
const youden = ({ sensitivity, specificity }: Decided): number => sensitivity + specificity - 1;

/** @param all arms of the model, for one axis @param asked names of the sites that reported */
export function transferModel(
  { arm, sites, pooled }: ThresholdAnalysis,
  all: readonly ThresholdAnalysis[],
  asked: readonly string[],
  links: Links,
): DotRowsData {
  const dot = (decided: Decided | null) => decided && { estimate: youden(decided), lower: null, upper: null };
  const rowOf = (
    name: string,
    of: Pick<ThresholdAnalysis['sites'][number], 'shipped' | 'local'>,
    href: string,
    sum: boolean,
  ): DotRow => {
    const loss = of.local && youden(of.local) - youden(of.shipped);
    const text = `${three(youden(of.shipped))}${loss === null ? '' : ` · ${signed(loss)}`}`;
    return { name, href, dots: [dot(of.shipped), dot(of.local)], text, note: null, withheld: false, sum };
  };
  const both = sites.filter(({ siteName }) => pooled?.sites.includes(siteName));
  const behind = links.from(both.map(({ payloadDigest }) => payloadDigest));
  const silent = asked.filter((name) => !sites.some(({ siteName }) => siteName === name));
  return {
    title: `Thresholds on the ${armNames[arm]} arm`,
    series: [
      { name: 'shipped threshold', tone: 'site' },
      { name: 'the site’s own best', tone: 'pooled', shape: 'ring' },
    ],
    rows: [
      ...sites.map((site) => rowOf(site.siteName, site, links.from([site.payloadDigest]), false)),
      ...silent.map((name) => withheldRow(name)),
      ...(pooled ? [rowOf('All sites that give both', pooled, behind, true)] : []),
    ],
    reference: null,
    ...{ axis: 'sensitivity + specificity − 1', rowLabel: 'Site', textLabel: 'Shipped · gained by its own' },
    ...{ show: three, joined: true },
    alsoHolds: all.flatMap((one) =>
      one.sites.flatMap(({ shipped, local }) => [youden(shipped), ...(local ? [youden(local)] : [])]),
    ),
  };
}

/** Counts are told whole or not at all. */
const withheldRow = (name: string): DotRow => ({
  ...{ name, href: null, dots: [null, null], text: '', withheld: true, sum: false },
  note: absence('too-few-affected'),
});

function thresholdsTable(of: readonly ThresholdAnalysis[]): Table {
  const each = ['sensitivity', 'specificity', 'accuracy'] as const;
  const heads = ['shipped', 'own'].flatMap((which) => each.map((name) => `${name}, ${which}`));
  return {
    caption: 'Decisions at the shipped threshold and at the site’s own',
    file: `thresholds-${of[0]?.classifier ?? 'model'}`,
    columns: [
      ...[{ label: 'Site' }, { label: 'Arm' }],
      ...['Films', ...heads, 'accuracy lost'].map((label) => ({ label, numeric: true })),
    ],
    rows: of.flatMap(({ arm, sites }) =>
      sites.map(({ siteName, images, shipped, local, accuracyLoss }) => [
        ...[{ text: siteName }, { text: armNames[arm] }, numberCell(count, images)],
        ...each.map((name) => numberCell(three, shipped[name])),
        ...each.map((name) => optionalCell(three, local?.[name])),
        optionalCell(signed, accuracyLoss),
      ]),
    ),
  };
}

export function ThresholdsSection({ analysis, model, links, width }: SectionProps): ReactNode {
  const of = thresholdsOf(analysis, model);
  const asked = analysis.sites.flatMap(({ reported, siteName }) => (reported ? [siteName] : []));
  return (
    <Section
      id="thresholds"
      title="Threshold transfer"
      href={links.section('thresholds')}
      lead="Youden’s index (sensitivity + specificity − 1) at the threshold that the model ships, and at the best one of the site on the fixed grid. The line between them is what a site loses by not setting its own. The best is chosen on the same films, so it flatters."
    >
      {of.map((one) => (
        <div key={one.arm} className="sub">
          <h4>{armNames[one.arm]}</h4>
          <DotRows data={transferModel(one, of, asked, links)} width={width} />
        </div>
      ))}
      <Numbers>
        <DataTable table={thresholdsTable(of)} heading={false} />
      </Numbers>
    </Section>
  );
}
