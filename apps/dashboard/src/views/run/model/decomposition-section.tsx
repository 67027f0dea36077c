// What filling the markers does, in two parts: the grey-scale range that a bright marker takes up, and the marker's shape.
import type { ReactNode } from 'react';
import type { Analysis, DecompositionAnalysis, FigureRow } from '@sidemark/core/contract';
import { PartsChart, type PartsData, type PartsRow } from '../../../charts/parts/parts-chart.tsx';
import { signed, small } from '../../../format/number.ts';
import { absence, exclusion, isWithheld } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Cell, Table } from '../../parts/table.ts';
import { none, numberCell, optionalCell, pooledDigests } from '../cells.ts';
import { Numbers, Section, type SectionProps } from '../section.tsx';

export const decompositionOf = (
  { decomposition }: Pick<Analysis, 'decomposition'>,
  model: string,
): DecompositionAnalysis | undefined => decomposition.find(({ classifier }) => classifier === model);

type Cells = Pick<Analysis, 'cells'>;

/** @param cells say why a site that reported lacks an arm */
export function partsModel(of: DecompositionAnalysis, { cells }: Cells, links: Links): PartsData {
  const own = cells.filter(({ classifier }) => classifier === of.classifier);
  return {
    title: `Range and shape of ${of.classifier}, site by site`,
    names: ['range (clipped − original)', 'shape (inpainted − clipped)', 'total'],
    ...{ axis: 'difference of AUC, inpainted minus original', show: signed },
    rows: [
      ...of.total.sites.map((row) => siteRow(of, row, links)),
      ...silentRows(of, own, links),
      ...pooledRow(of, links),
    ],
  };
}

/** Sites that give some arm of the model, and not all three. */
function silentRows(of: DecompositionAnalysis, cells: Cells['cells'], links: Links): PartsRow[] {
  const known = new Set(of.total.sites.map(({ site }) => site));
  const names = [...new Set(cells.flatMap(({ sites }) => sites.map(({ siteName }) => siteName)))];
  return names.flatMap((name): PartsRow[] => {
    const rows = cells.flatMap(({ sites }) => sites.filter(({ siteName }) => siteName === name));
    const [first] = rows;
    if (!first || known.has(first.site)) return [];
    const reason = rows.flatMap(({ estimate }) => (estimate.kind === 'estimate' ? [] : [estimate.reason]))[0];
    const href = links.from([first.payloadDigest]);
    return [
      {
        ...{ name, href, parts: null, sum: false, note: absence(reason ?? 'empty') },
        withheld: reason !== undefined && isWithheld(reason),
      },
    ];
  });
}

const sameSite = (rows: readonly FigureRow[], { site }: FigureRow): FigureRow | undefined =>
  rows.find((row) => row.site === site);

function siteRow(of: DecompositionAnalysis, total: FigureRow, links: Links): PartsRow {
  const [range, shape] = [sameSite(of.range.sites, total), sameSite(of.shape.sites, total)];
  const common = { name: total.siteName, href: links.from([total.payloadDigest]), sum: false };
  const [first, second] = [range?.estimate ?? null, shape?.estimate ?? null];
  if (first !== null && second !== null && total.estimate !== null)
    return { ...common, parts: { first, second, total: total.estimate }, note: null, withheld: false };
  const reason = range?.excluded ?? shape?.excluded ?? total.excluded ?? 'empty';
  return { ...common, parts: null, note: absence(reason), withheld: isWithheld(reason) };
}

function pooledRow(of: DecompositionAnalysis, links: Links): PartsRow[] {
  const [total, range, shape] = [of.total.meta.answer, of.range.answer, of.shape.answer];
  if (!total || !range || !shape) return [];
  return [
    {
      name: 'Pooled',
      href: links.from(pooledDigests(of.total.sites)),
      parts: { first: range.estimate, second: shape.estimate, total: total.estimate },
      ...{ note: null, withheld: false, sum: true },
    },
  ];
}

export function decompositionTable(of: DecompositionAnalysis): Table {
  const named = [
    ['range', of.range.sites, of.range.answer],
    ['shape', of.shape.sites, of.shape.answer],
    ['total', of.total.sites, of.total.meta.answer],
  ] as const;
  const line = (site: string, part: string, row: Pick<FigureRow, 'estimate' | 'lower' | 'upper'>): Cell[] => [
    { text: site },
    { text: part },
    optionalCell(signed, row.estimate),
    optionalCell(signed, row.lower),
    optionalCell(signed, row.upper),
  ];
  return {
    caption: `Range and shape: ${of.classifier}`,
    file: `decomposition-${of.classifier}`,
    columns: [
      ...['Site', 'Part'].map((label) => ({ label })),
      ...['Difference', 'Lower', 'Upper', 'Standard error'].map((label) => ({ label, numeric: true })),
      { label: 'Pooled' },
    ],
    rows: named.flatMap(([part, sites, answer]) => [
      ...sites.map((row) => [
        ...line(row.siteName, part, row),
        optionalCell(small, row.standardError),
        row.excluded === null
          ? { text: 'yes' }
          : ({
              text: `no: ${exclusion(row.excluded)}`,
              tone: isWithheld(row.excluded) ? 'withheld' : 'absent',
            } as const),
      ]),
      ...(answer ? [[...line('Pooled', part, answer), numberCell(small, answer.standardError), none]] : []),
    ]),
  };
}

export function DecompositionSection({ analysis, model, links, width }: SectionProps): ReactNode {
  const of = decompositionOf(analysis, model);
  if (!of) return null;
  return (
    <Section
      id="decomposition"
      title="Range and shape"
      href={links.section('decomposition')}
      lead="What filling the markers changes, in two steps that add up: clipping takes away the grey-scale range that a bright marker stretches; filling then takes away its shape, too."
    >
      <PartsChart data={partsModel(of, analysis, links)} width={width} />
      <Numbers>
        <DataTable table={decompositionTable(of)} heading={false} />
      </Numbers>
    </Section>
  );
}
