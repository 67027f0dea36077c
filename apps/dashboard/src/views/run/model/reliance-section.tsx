// How much the scores of a model hang on the markers, beyond what any filled hole does to them.
import type { ReactNode } from 'react';
import type { Analysis, FigureOverSites, RelianceAnalysis } from '@sidemark/core/contract';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import type { DotRowsData } from '../../../charts/rows/row-data.ts';
import { count, interval, pText, small } from '../../../format/number.ts';
import type { Links } from '../../../routes/links.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Table } from '../../parts/table.ts';
import { optionalCell } from '../cells.ts';
import { figureRows, pooledDot } from '../figure-rows.ts';
import { Numbers, Section, type SectionProps } from '../section.tsx';
import { Flips } from './flips.tsx';

export const relianceOf = (
  { reliance }: Pick<Analysis, 'reliance'>,
  model: string,
): RelianceAnalysis | undefined => reliance.find(({ classifier }) => classifier === model);

const two = (x: number): string => x.toFixed(2);

export function relianceRows({ marker, placebo }: RelianceAnalysis, links: Links): DotRowsData {
  return {
    ...{
      title: 'Change of the logit by filling',
      rowLabel: 'Site',
      axis: 'mean size of the change of the logit',
    },
    textLabel: placebo ? 'Marker · placebo' : 'Marker',
    series: [
      { name: 'marker filled', tone: 'marker' },
      ...(placebo ? [{ name: 'placebo: a like hole elsewhere', tone: 'placebo' as const }] : []),
    ],
    rows: figureRows([marker.size, ...(placebo ? [placebo.size] : [])], links, two),
    reference: { value: 0, label: 'no change' },
    ...{ show: two, joined: false },
  };
}

/** What the placebo leaves of the effect of the marker. */
export function relianceSentence({ difference, placebo }: RelianceAnalysis): string {
  if (placebo === null)
    return 'The protocol has no placebo arm: how much of this any filled hole would do is not known.';
  const dot = difference && pooledDot(difference.meta);
  if (!difference?.meta.answer || !dot) return 'No difference between marker and placebo is pooled.';
  const { answer } = difference.meta;
  const p = answer.pTwoSided === null ? '' : `; ${pText(answer.pTwoSided)}`;
  return `Beyond the placebo the marker moves the logit by ${interval(two, answer)}${p}.`;
}

function Correctness({ of: { correctness } }: { of: RelianceAnalysis }): ReactNode {
  if (correctness === null)
    return <p className="hint">McNemar’s test on right decisions needs the flips, which are withheld.</p>;
  const { onlyA, onlyB, statistic, exactP, midP } = correctness;
  return (
    <p className="lead">
      {`Right on the original alone: ${count(onlyA)} films; right on the inpainted alone: ${count(onlyB)}. McNemar ${two(statistic)}, exact ${pText(exactP)}, mid-p ${midP.toFixed(3)}.`}
    </p>
  );
}

function relianceTable({ classifier, marker, placebo, difference }: RelianceAnalysis): Table {
  const named: [string, FigureOverSites][] = [
    ['marker, size', marker.size],
    ['marker, signed', marker.signed],
    ...(placebo
      ? ([
          ['placebo, size', placebo.size],
          ['placebo, signed', placebo.signed],
        ] as [string, FigureOverSites][])
      : []),
    ...(difference ? ([['marker minus placebo', difference]] as [string, FigureOverSites][]) : []),
  ];
  return {
    caption: `Changes of the logit: ${classifier}`,
    file: `reliance-${classifier}`,
    columns: [
      ...['Site', 'Of'].map((label) => ({ label })),
      ...['Mean', 'Lower', 'Upper', 'Standard error'].map((label) => ({ label, numeric: true })),
    ],
    rows: named.flatMap(([what, { sites, meta }]) => [
      ...sites.map(({ siteName, estimate, lower, upper, standardError }) => [
        ...[{ text: siteName }, { text: what }],
        ...[estimate, lower, upper].map((x) => optionalCell(two, x)),
        optionalCell(small, standardError),
      ]),
      ...(meta.answer
        ? [
            [
              ...[{ text: 'Pooled' }, { text: what }],
              ...[meta.answer.estimate, meta.answer.lower, meta.answer.upper].map((x) =>
                optionalCell(two, x),
              ),
              optionalCell(small, meta.answer.standardError),
            ],
          ]
        : []),
    ]),
  };
}

export function RelianceSection({ analysis, model, links, width }: SectionProps): ReactNode {
  const of = relianceOf(analysis, model);
  if (!of) return null;
  return (
    <Section
      id="reliance"
      title="Reliance on the marker"
      href={links.section('reliance')}
      lead={`By how much the logit moves when a marker is filled, beside a hole of the same shape filled where no marker is. ${relianceSentence(of)}`}
    >
      <DotRows data={relianceRows(of, links)} width={width} />
      <div className="sub">
        <h4>Decisions</h4>
        <Flips of={of.marker.flips} what="when the marker is filled" width={width} />
        <Correctness of={of} />
      </div>
      <Numbers>
        <DataTable table={relianceTable(of)} heading={false} />
      </Numbers>
    </Section>
  );
}
