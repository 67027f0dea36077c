// A study: its sites with their presence, and its runs with the progress of every site.
import type { ReactNode } from 'react';
import type { Run, Site } from '@sidemark/core/contract';
import { ask } from '../../api/client.ts';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { hrefs } from '../../routes/route.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Stale, Waiting } from '../parts/notice.tsx';
import { Facts, PageHead } from '../parts/page-head.tsx';
import { JobList } from './job-list.tsx';
import { protocolName, sitesTable } from './study-model.ts';

async function loadStudy(id: string, signal: AbortSignal) {
  const [studies, sites, runs, protocols] = await Promise.all([
    ask('listStudies', {}, signal),
    ask('listSites', {}, signal),
    ask('listRuns', {}, signal),
    ask('listProtocols', { id }, signal),
  ]);
  return {
    study: studies.find((one) => one.id === id),
    sites: sites.filter((one) => one.study === id),
    runs: runs.filter((one) => one.study === id).sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
    protocols,
  };
}

export function StudyPage({ study: id }: { study: string }): ReactNode {
  const { value, failure } = usePolled(`study ${id}`, (signal) => loadStudy(id, signal), 1000);
  if (!value?.study) return <Waiting failure={failure} what="study" />;
  const { study, sites, runs, protocols } = value;
  return (
    <>
      <PageHead title={study.title} crumbs={[{ label: 'Studies', href: hrefs.studies }]}>
        <Facts
          facts={[
            ['Study', study.name],
            ['State', study.state],
            ['Sites connected', `${sites.filter(({ online }) => online).length} of ${sites.length}`],
            ['Runs', String(runs.length)],
          ]}
        />
      </PageHead>
      <Stale failure={failure} />
      <section aria-labelledby="runs">
        <h2 id="runs">Runs</h2>
        {runs.length === 0 && (
          <p className="hint">
            No run yet. A frozen protocol is sent to the approved sites with <code>sidemark run start</code>.
          </p>
        )}
        {runs.map((run) => (
          <RunCard key={run.id} run={run} name={protocolName(protocols, run.protocol)} />
        ))}
      </section>
      <section aria-labelledby="sites">
        <h2 id="sites">Sites</h2>
        <Sites sites={sites} />
      </section>
    </>
  );
}

function RunCard({ run, name }: { run: Run; name: string }): ReactNode {
  const reported = run.jobs.filter(({ state }) => state === 'reported').length;
  return (
    <article className="card run">
      <header>
        <h3>
          <a href={hrefs.run(run.id)}>{name}</a>
        </h3>
        <p className="quiet">
          {run.state} · started {instant(run.createdAt)} · {reported} of {run.jobs.length} sites have reported
        </p>
      </header>
      <JobList jobs={run.jobs} />
    </article>
  );
}

function Sites({ sites }: { sites: readonly Site[] }): ReactNode {
  if (sites.length === 0)
    return (
      <p className="hint">
        No site yet. Invite the first with <code>sidemark site invite</code>, and send its startup kit to the
        hospital.
      </p>
    );
  return <DataTable table={sitesTable(sites)} heading={false} />;
}
