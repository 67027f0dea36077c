// Registered datasets, and what a check of their folders found.
import { type ReactNode, useEffect, useState } from 'react';
import type { ConsoleDataset, ConsoleTable } from '@sidemark/core/contract';
import { count } from '../../format/number.ts';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { DataTable } from '../../views/parts/data-table.tsx';
import { Notice, Stale } from '../../views/parts/notice.tsx';
import { Digest, Facts, PageHead } from '../../views/parts/page-head.tsx';
import type { Table } from '../../views/parts/table.ts';
import { agent } from '../ask.ts';
import { Waiting } from '../parts/waiting.tsx';

export function DataPage(): ReactNode {
  const [version, setVersion] = useState(0);
  const [busy, setBusy] = useState(false);
  const { value, failure } = usePolled('datasets', agent.datasets, busy ? 1000 : null, `${version}`);
  const running = value?.some(({ check }) => check.state === 'running') === true;
  useEffect(() => setBusy(running), [running]);
  if (!value) return <Waiting failure={failure} what="data" />;
  if (value.length === 0)
    return (
      <Notice title="No dataset is registered" kind="empty">
        Look at a folder with <code>sidemark dataset check FOLDER</code>, then register it with{' '}
        <code>sidemark dataset add FOLDER --csv FILE --study ID</code>.
      </Notice>
    );
  return (
    <>
      <PageHead title="Data" crumbs={[]}>
        <p className="quiet">
          Counts and a keyed digest, never a name. A check reads the films that it has not seen before;
          nothing of it leaves this machine.
        </p>
      </PageHead>
      <Stale failure={failure} />
      {value.map((dataset) => (
        <Dataset
          key={dataset.study}
          dataset={dataset}
          busy={running}
          onBegun={() => setVersion(version + 1)}
        />
      ))}
    </>
  );
}

function Dataset(props: { dataset: ConsoleDataset; busy: boolean; onBegun: () => void }): ReactNode {
  const { dataset, busy, onBegun } = props;
  const { study, images, patients, digest, classes, check } = dataset;
  const [problem, setProblem] = useState<string>();
  const begin = (): void => {
    agent
      .checkDataset(study)
      .then(onBegun)
      .catch((error: unknown) => setProblem(error instanceof Error ? error.message : String(error)));
  };
  return (
    <section className="card" aria-label={`Dataset of study ${study}`}>
      <h2>
        Study <code>{study}</code>
      </h2>
      <Facts
        facts={[
          ['Films', count(images)],
          ['Patients', count(patients)],
          ['Digest, keyed', <Digest key="d" value={digest} />],
        ]}
      />
      <DataTable table={tableOf(classes)} heading={false} />
      <p className="buttons">
        <button type="button" onClick={begin} disabled={busy}>
          {check.state === 'done' ? 'Check again' : 'Check its films'}
        </button>
      </p>
      {problem && (
        <p role="alert" className="alert">
          {problem}
        </p>
      )}
      <Check check={check} />
    </section>
  );
}

function Check({ check }: { check: ConsoleDataset['check'] }): ReactNode {
  switch (check.state) {
    case 'none':
      return <p className="hint">Not checked since the agent started.</p>;
    case 'running':
      return (
        <p className="progress-line" role="status">
          <progress value={check.done} max={Math.max(1, check.total)} aria-label="reading films" /> reading{' '}
          {check.done} of {check.total} films
        </p>
      );
    case 'failed':
      return (
        <p className="alert" role="alert">
          {check.problem.message} {check.problem.details.join('; ')}
        </p>
      );
    case 'done':
      return (
        <>
          <p className="quiet">Checked {instant(check.at)}.</p>
          <div className="tables">
            {check.tables.map((table, i) => (
              <DataTable key={`${table.caption} ${i}`} table={tableOf(table)} heading={false} />
            ))}
          </div>
        </>
      );
  }
}

const tones: Readonly<Record<string, 'good' | 'bad'>> = { met: 'good', 'NOT met': 'bad' };

const tableOf = ({ caption, columns, rows }: ConsoleTable): Table => ({
  caption: caption[0]?.toUpperCase() + caption.slice(1),
  file: caption.replaceAll(/[^a-z]+/gi, '-'),
  columns,
  rows: rows.map((row) =>
    row.map((text) => (tones[text] === undefined ? { text } : { text, tone: tones[text] })),
  ),
});
