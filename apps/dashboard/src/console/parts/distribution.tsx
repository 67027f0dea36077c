// Where this site stands among the others of its run: in a table, no other site named.
import type { ReactNode } from 'react';
import type { RunDistribution } from '@sidemark/core/contract';
import { interval, signed, three } from '../../format/number.ts';
import { usePolled } from '../../live/use-polled.ts';
import { DataTable } from '../../views/parts/data-table.tsx';
import type { Cell, Table } from '../../views/parts/table.ts';
import { agent } from '../ask.ts';

export function Distribution({ job }: { job: string }): ReactNode {
  const { value, failure } = usePolled(`distribution ${job}`, agent.distribution(job), null);
  return (
    <section aria-labelledby="others">
      <h2 id="others">This site among the others</h2>
      {value === undefined ? (
        <p className="hint" role="status">
          {failure?.message ?? 'Asking the coordinator …'}
        </p>
      ) : (
        <>
          <p className="quiet">
            Shown because this site’s own report was received first. No other site is named, and no figure has
            fewer than three of them.
          </p>
          {value.differences.length > 0 && <DataTable table={differencesTable(value)} />}
          {value.aucs.length > 0 && <DataTable table={aucsTable(value)} />}
        </>
      )}
    </section>
  );
}

const columns = [
  'This site',
  'Pooled',
  'A new site',
  'Lowest other',
  'Median of others',
  'Highest other',
  'Others',
];

type Standing = Pick<RunDistribution['aucs'][number], 'own' | 'pooled' | 'prediction' | 'others'>;

function standingCells({ own, pooled, prediction, others }: Standing, show: (x: number) => string): Cell[] {
  const number = (x: number): Cell => ({ text: show(x), raw: String(x) });
  return [
    own === null ? { text: 'no figure', tone: 'absent' } : number(own),
    { text: interval(show, pooled) },
    prediction === null
      ? { text: '–', raw: '', tone: 'absent' }
      : { text: `${show(prediction.lower)} to ${show(prediction.upper)}` },
    number(others.lowest),
    number(others.median),
    number(others.highest),
    { text: String(others.sites) },
  ];
}

const cellName = ({ classifier, arm }: { classifier: string; arm: string }): string =>
  `${classifier} on ${arm}`;

const tableOf = (caption: string, file: string, first: string, rows: Cell[][]): Table => ({
  caption,
  file,
  columns: [{ label: first }, ...columns.map((label) => ({ label, numeric: true }))],
  rows,
});

function differencesTable({ differences }: RunDistribution): Table {
  const rows = differences.map(({ a, b, ...standing }) => [
    { text: `${cellName(a)} less ${cellName(b)}` },
    ...standingCells(standing, signed),
  ]);
  return tableOf('Differences of AUC', 'differences-among-sites', 'Comparison', rows);
}

function aucsTable({ aucs }: RunDistribution): Table {
  const rows = aucs.map(({ of, ...standing }) => [{ text: cellName(of) }, ...standingCells(standing, three)]);
  return tableOf('AUCs', 'aucs-among-sites', 'Model and arm', rows);
}
