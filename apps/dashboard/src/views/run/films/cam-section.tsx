// Where a model looks: the mass of its activation maps in the marker, in the lesion and outside both, arm by arm.
import type { ReactNode } from 'react';
import type { Analysis, CamAnalysis } from '@sidemark/core/contract';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import type { Dot, DotRow, DotRowsData } from '../../../charts/rows/row-data.ts';
import { percent, three } from '../../../format/number.ts';
import { absence, armNames, isWithheld } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Cell, Table } from '../../parts/table.ts';
import { absentCell, numberCell } from '../cells.ts';
import { Numbers, Section, type SectionProps } from '../section.tsx';

export const camOf = ({ cam }: Pick<Analysis, 'cam'>, model: string): CamAnalysis[] =>
  cam.filter(({ classifier }) => classifier === model);

const regions = ['marker', 'lesion', 'elsewhere'] as const;
type Region = (typeof regions)[number];
const names: Readonly<Record<Region, string>> = {
  marker: 'in the marker',
  lesion: 'in the lesion',
  elsewhere: 'outside both',
};
const asPercent = (x: number): string => percent(x * 100);

/** Sites' means of one region: the lowest, the highest. */
function reachOf({ sites }: CamAnalysis[Region]): Pick<Dot, 'lower' | 'upper'> {
  const means = sites.flatMap(({ value }) => (value.kind === 'moments' ? [value.mean] : []));
  return means.length === 0
    ? { lower: null, upper: null }
    : { lower: Math.min(...means), upper: Math.max(...means) };
}

export function camModel(of: readonly CamAnalysis[], links: Links): DotRowsData {
  return {
    title: 'Mass of the activation maps, arm by arm',
    series: [
      { name: names.marker, tone: 'marker' },
      { name: names.lesion, tone: 'lesion' },
      { name: names.elsewhere, tone: 'outside' },
    ],
    rows: of.map((one) => camRow(one, links)),
    reference: { value: 0, label: '' },
    ...{
      axis: 'share of the map’s mass, mean over films',
      rowLabel: 'Arm',
      textLabel: 'Marker · lesion · outside',
    },
    ...{ show: asPercent, joined: false },
  };
}

function camRow(one: CamAnalysis, links: Links): DotRow {
  const dots = regions.map((region): Dot | null => {
    const { pooled } = one[region];
    return pooled && { estimate: pooled.mean, ...reachOf(one[region]) };
  });
  const text = dots.map((dot) => (dot ? asPercent(dot.estimate) : '–')).join(' · ');
  const behind = regions.flatMap((region) => one[region].sites.map(({ payloadDigest }) => payloadDigest));
  const missing = dots.every((dot) => dot === null);
  const kept = one.marker.sites.flatMap(({ value }) => (value.kind === 'moments' ? [] : [value.reason]))[0];
  return {
    ...{ name: armNames[one.arm], href: links.from(behind), dots, text, sum: false },
    note: missing ? absence(kept ?? 'empty') : null,
    withheld: missing && kept !== undefined && isWithheld(kept),
  };
}

function camTable(of: readonly CamAnalysis[]): Table {
  return {
    caption: 'Mass of the activation maps, site by site',
    file: `cam-${of[0]?.classifier ?? 'model'}`,
    columns: [
      ...['Site', 'Arm', 'Where'].map((label) => ({ label })),
      ...['Mean', 'Standard deviation', 'Films'].map((label) => ({ label, numeric: true })),
    ],
    rows: of.flatMap((one) =>
      regions.flatMap((region) =>
        one[region].sites.map(({ siteName, value }): Cell[] => {
          const head = [{ text: siteName }, { text: armNames[one.arm] }, { text: names[region] }];
          if (value.kind !== 'moments') return [...head, absentCell(value.reason)];
          return [
            ...head,
            numberCell(three, value.mean),
            numberCell(three, Math.sqrt(value.variance)),
            numberCell(String, value.films.images),
          ];
        }),
      ),
    ),
  };
}

export function CamSection({ analysis, model, links, width }: SectionProps): ReactNode {
  const of = camOf(analysis, model);
  return (
    <Section
      id="cam"
      title="Where the model looks"
      href={links.section('cam')}
      lead="Share of the activation map’s mass in the marker (of films with one), in the lesion (of films with a true one) and outside both (of all films), so that the three need not add up. The line reaches from the site with the lowest mean to that with the highest. On the inpainted arm the marker’s place is that of the original film."
    >
      <DotRows data={camModel(of, links)} width={width} />
      <Numbers>
        <DataTable table={camTable(of)} heading={false} />
      </Numbers>
    </Section>
  );
}
