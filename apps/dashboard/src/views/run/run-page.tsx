// The robustness page of a run: is a model robust, at which sites is it not, and are the markers the reason?
import type { ReactNode } from 'react';
import type { Protocol, ReportList, Run, Study } from '@sidemark/core/contract';
import type { z } from 'zod';
import { ask } from '../../api/client.ts';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { type FigureRef, hrefs, type RunView } from '../../routes/route.ts';
import { Notice, Stale, Waiting } from '../parts/notice.tsx';
import { Digest, Facts, PageHead } from '../parts/page-head.tsx';
import { JobList } from '../study/job-list.tsx';
import { protocolName } from '../study/study-model.ts';
import { Robustness } from './robustness.tsx';

interface Around {
  readonly study: Study | undefined;
  readonly protocols: readonly Protocol[];
}

async function loadAround({ study }: Run, signal: AbortSignal): Promise<Around> {
  const [studies, protocols] = await Promise.all([
    ask('listStudies', {}, signal),
    ask('listProtocols', { id: study }, signal),
  ]);
  return { study: studies.find(({ id }) => id === study), protocols };
}

async function loadResult(id: string, signal: AbortSignal) {
  const [analysis, reports] = await Promise.all([
    ask('analyseRun', { id }, signal),
    ask('listReports', { id }, signal),
  ]);
  return { analysis, reports };
}

export function RunPage(props: { id: string; figure: FigureRef | null; view: RunView }): ReactNode {
  const { id, figure, view } = props;
  const { value: run, failure } = usePolled(`run ${id}`, (signal) => ask('showRun', { id }, signal), 1000);
  if (!run) return <Waiting failure={failure} what="run" />;
  return <ShownRun run={run} figure={figure} view={view} failure={failure} />;
}

/** What changes the pooled result, as far as the run says it. */
const versionOf = ({ jobs }: Run): string =>
  jobs.map(({ state, updatedAt }) => (state === 'reported' ? updatedAt : '')).join();

function ShownRun(props: {
  run: Run;
  figure: FigureRef | null;
  view: RunView;
  failure: Parameters<typeof Stale>[0]['failure'];
}): ReactNode {
  const { run, figure, view, failure } = props;
  const around = usePolled(`around ${run.id}`, (signal) => loadAround(run, signal), null).value;
  const load = (signal: AbortSignal) => loadResult(run.id, signal);
  const result = usePolled(`result ${run.id}`, load, run.state === 'open' ? 15_000 : null, versionOf(run));
  const { study, protocols = [] } = around ?? {};
  const waiting = run.jobs.filter(({ state }) => state !== 'reported');
  return (
    <>
      <PageHead title={protocolName(protocols, run.protocol)} crumbs={crumbsOf(study)}>
        <Facts facts={factsOf(run, result.value?.reports)} />
      </PageHead>
      <Stale failure={failure ?? result.failure} />
      {waiting.length > 0 && (
        <section aria-labelledby="progress" className="card">
          <h2 id="progress">{run.state === 'open' ? 'Still at work' : 'Without a report'}</h2>
          <JobList jobs={waiting} />
        </section>
      )}
      {!result.value && <Waiting failure={result.failure} what="result" />}
      {result.value && !result.value.analysis.sites.some(({ reported }) => reported) && <NoReports />}
      {result.value?.analysis.sites.some(({ reported }) => reported) && (
        <Robustness
          {...result.value}
          protocol={protocols.find(({ id }) => id === run.protocol)}
          wanted={figure}
          view={view}
        />
      )}
    </>
  );
}

const crumbsOf = (study: Study | undefined) => [
  { label: 'Studies', href: hrefs.studies },
  ...(study ? [{ label: study.title, href: hrefs.study(study.id) }] : []),
];

function factsOf(run: Run, reports: z.infer<typeof ReportList> | undefined): [string, ReactNode][] {
  const reported = run.jobs.filter(({ state }) => state === 'reported').length;
  return [
    ['Reports', `${reported} of ${run.jobs.length} sites`],
    ['State', run.state],
    ['Started', instant(run.createdAt)],
    ['Protocol digest', <Digest key="digest" value={run.protocolDigest} />],
    ...(reports && reports.missingSequences.length > 0
      ? [['Missing numbers', `${reports.missingSequences.length} sites`] satisfies [string, ReactNode]]
      : []),
  ];
}

const NoReports = (): ReactNode => (
  <Notice kind="empty" title="No report yet">
    The result appears here by itself with the first report. Each site evaluates its own films; that takes as
    long as its machine needs.
  </Notice>
);
