// Two runs, or two versions of a model, side by side.
import type { ReactNode } from 'react';
import type { Run, Study } from '@sidemark/core/contract';
import { ask } from '../../api/client.ts';
import { DotRows } from '../../charts/rows/dot-rows.tsx';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { useWidth } from '../../live/use-width.ts';
import { type ComparedRuns, hrefs } from '../../routes/route.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Notice, Stale, Waiting } from '../parts/notice.tsx';
import { PageHead } from '../parts/page-head.tsx';
import { modelNames } from '../run/names.ts';
import {
  cellPairs,
  cellsModel,
  type ComparedRun,
  comparisonsModel,
  digestsTable,
  pairsTable,
  type Sides,
  sitesModel,
} from './compare-model.ts';

interface Named {
  readonly run: Run;
  readonly name: string;
}

async function loadRuns(signal: AbortSignal): Promise<Named[]> {
  const [runs, studies] = await Promise.all([ask('listRuns', {}, signal), ask('listStudies', {}, signal)]);
  const nameOf = (study: string): string => studies.find((one: Study) => one.id === study)?.name ?? 'a study';
  return [...runs]
    .sort((a, b) => b.createdAt.localeCompare(a.createdAt))
    .map((run) => ({ run, name: `${nameOf(run.study)}, started ${instant(run.createdAt)}` }));
}

async function loadSide(id: string, signal: AbortSignal): Promise<ComparedRun> {
  const run = await ask('showRun', { id }, signal);
  const [protocols, analysis, reports] = await Promise.all([
    ask('listProtocols', { id: run.study }, signal),
    ask('analyseRun', { id }, signal),
    ask('listReports', { id }, signal),
  ]);
  return { run, analysis, reports, protocol: protocols.find((one) => one.id === run.protocol) };
}

export function ComparePage({ of }: { of: ComparedRuns }): ReactNode {
  const { value: runs, failure } = usePolled('runs', loadRuns, null);
  if (!runs) return <Waiting failure={failure} what="list of runs" />;
  const [newest] = runs;
  if (!newest)
    return (
      <Notice kind="empty" title="No run yet">
        There is nothing to compare before the first run. <a href={hrefs.studies}>All studies</a>
      </Notice>
    );
  const left = of.left ?? runs[1]?.run.id ?? newest.run.id;
  const right = of.right ?? newest.run.id;
  return (
    <div className="compare">
      <PageHead title="Compare" crumbs={[{ label: 'Studies', href: hrefs.studies }]} />
      <Beside key={`${left} ${right}`} runs={runs} of={{ ...of, left, right }} ids={[left, right]} />
    </div>
  );
}

function Beside(props: {
  runs: readonly Named[];
  of: ComparedRuns;
  ids: readonly [left: string, right: string];
}): ReactNode {
  const { runs, of, ids } = props;
  const { value, failure } = usePolled(
    `compare ${ids.join(' ')}`,
    (signal) => Promise.all([loadSide(ids[0], signal), loadSide(ids[1], signal)]),
    null,
  );
  const [left, right] = value ?? [];
  return (
    <>
      <section className="card pickers" aria-label="What is compared">
        <Picker side="left" runs={runs} of={of} chosen={left} />
        <Picker side="right" runs={runs} of={of} chosen={right} />
      </section>
      <Stale failure={value ? failure : undefined} />
      {!value && <Waiting failure={failure} what="comparison" />}
      {left && right && (
        <Compared sides={{ left, right, leftModel: of.leftModel, rightModel: of.rightModel }} />
      )}
    </>
  );
}

function Picker(props: {
  side: 'left' | 'right';
  runs: readonly Named[];
  of: ComparedRuns;
  chosen: ComparedRun | undefined;
}): ReactNode {
  const { side, runs, of, chosen } = props;
  const model = side === 'left' ? of.leftModel : of.rightModel;
  const go = (change: Partial<ComparedRuns>): void => {
    location.hash = hrefs.compare({ ...of, ...change });
  };
  return (
    <div>
      <p className={`side-name ${side}`}>{side === 'left' ? '● Left' : '◆ Right'}</p>
      <label>
        Run
        <select value={of[side] ?? ''} onChange={(event) => go({ [side]: event.target.value })}>
          {runs.map(({ run, name }) => (
            <option key={run.id} value={run.id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Model
        <select
          value={model ?? ''}
          onChange={(event) =>
            go({ [`${side}Model`]: event.target.value === '' ? null : event.target.value })
          }
        >
          <option value="">every model, by its name</option>
          {(chosen ? modelNames(chosen.analysis) : model === null ? [] : [model]).map((name) => (
            <option key={name} value={name}>
              {name}
            </option>
          ))}
        </select>
      </label>
      {chosen && (
        <p className="quiet">
          <a href={hrefs.run(chosen.run.id)}>
            {chosen.protocol ? `${chosen.protocol.name}, version ${chosen.protocol.version}` : 'its result'}
          </a>
          {` · ${chosen.analysis.history.length} of ${chosen.run.jobs.length} sites reported`}
        </p>
      )}
    </div>
  );
}

function Compared({ sides }: { sides: Sides }): ReactNode {
  const [ref, width] = useWidth();
  const pairs = cellPairs(sides);
  const inner = width - (width < 640 ? 30 : 50);
  const oneModel = sides.leftModel !== null;
  const comparisons = comparisonsModel(sides);
  return (
    <div ref={ref}>
      <section className="card" aria-labelledby="cells">
        <h2 id="cells">Pooled AUC</h2>
        <p className="lead">
          Differences between two runs are a description: their films may be the same, so that no test is
          made. Two models on the same films are tested where a protocol compares them.
        </p>
        {pairs.length === 0 && (
          <p className="hint">
            The two have no model and arm in common. Choose a model on either side to lay them beside each
            other.
          </p>
        )}
        {width > 0 && pairs.length > 0 && <DotRows data={cellsModel(sides)} width={inner} />}
        <details>
          <summary>Numbers</summary>
          <DataTable table={pairsTable(sides)} heading={false} />
        </details>
      </section>
      {oneModel && width > 0 && pairs.length > 0 && (
        <section className="card" aria-labelledby="at-sites">
          <h2 id="at-sites">Site by site</h2>
          {pairs.map((pair) => (
            <div key={pair.name} className="sub">
              <h3>{pair.name}</h3>
              <DotRows data={sitesModel(pair)} width={inner} />
            </div>
          ))}
        </section>
      )}
      {!oneModel && width > 0 && comparisons.rows.length > 0 && (
        <section className="card" aria-labelledby="comparisons">
          <h2 id="comparisons">Comparisons</h2>
          <DotRows data={comparisons} width={inner} />
        </section>
      )}
      <section className="card" aria-labelledby="digests">
        <h2 id="digests">What differs in how they were made</h2>
        <p className="lead">
          The same digest is the same bytes. The same result digest is the same figures, to the last bit.
        </p>
        <DataTable table={digestsTable(sides)} heading={false} />
      </section>
    </div>
  );
}
