// A study: what waits for whom, its runs with the progress of every site, its protocols, its sites.
import { type ReactNode, useState } from 'react';
import type { Run, Site, SiteQualification } from '@sidemark/core/contract';
import { ask } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { usePolled } from '../../live/use-polled.ts';
import { hrefs } from '../../routes/route.ts';
import { DataTable } from '../parts/data-table.tsx';
import { Stale, Waiting } from '../parts/notice.tsx';
import { Facts, PageHead } from '../parts/page-head.tsx';
import { InviteSite } from './invite-site.tsx';
import { ProtocolList } from './protocol-list.tsx';
import { RunCard } from './run-card.tsx';
import { SiteRow } from './site-row.tsx';
import { protocolName, sitesTable } from './study-model.ts';
import { WaitingList } from './waiting-list.tsx';
import { waitingIn } from './waiting.ts';

async function loadStudy(id: string, signal: AbortSignal) {
  const [studies, sites, runs, protocols] = await Promise.all([
    ask('listStudies', {}, signal),
    ask('listSites', {}, signal),
    ask('listRuns', {}, signal),
    ask('listProtocols', { id }, signal),
  ]);
  const own = runs.filter((one) => one.study === id);
  return {
    study: studies.find((one) => one.id === id),
    sites: sites.filter((one) => one.study === id),
    runs: own.sort((a, b) => b.createdAt.localeCompare(a.createdAt)),
    protocols,
  };
}

/** Of the newest run: how each site's machine did with the phantoms. */
function useVerdicts(run: Run | undefined): ReadonlyMap<string, SiteQualification['verdict']> {
  const load = (signal: AbortSignal) =>
    run ? ask('listQualifications', { id: run.id }, signal) : Promise.resolve([]);
  const { value = [] } = usePolled(`verdicts ${run?.id ?? ''}`, load, run?.state === 'open' ? 10_000 : null);
  return new Map(value.map(({ site, verdict }) => [site, verdict]));
}

export function StudyPage({ study: id }: { study: string }): ReactNode {
  const [version, setVersion] = useState(0);
  const load = (signal: AbortSignal) => loadStudy(id, signal);
  const { value, failure } = usePolled(`study ${id}`, load, 1000, String(version));
  const verdicts = useVerdicts(value?.runs[0]);
  if (value && !value.study) return <Waiting failure={{ status: 404, message: '' }} what="study" />;
  if (!value?.study) return <Waiting failure={failure} what="study" />;
  const { study, sites, runs, protocols } = value;
  const changed = (): void => setVersion((before) => before + 1);
  return (
    <>
      <PageHead title={study.title} crumbs={[{ label: 'Studies', href: hrefs.studies }]}>
        <Facts
          facts={[
            ['Study', study.name],
            ['State', study.state],
            ['Sites connected', `${sites.filter(({ online }) => online).length} of ${sites.length}`],
            ['Runs', String(runs.length)],
            ...(study.siteNames === 'hidden' ? [['Names of sites', 'hidden from readers'] as const] : []),
          ]}
        />
      </PageHead>
      <Stale failure={failure} />
      <section aria-labelledby="waiting">
        <h2 id="waiting">What waits for whom</h2>
        <WaitingList waiting={waitingIn({ study: id, sites, protocols, runs })} />
      </section>
      <section aria-labelledby="runs">
        <h2 id="runs">Runs</h2>
        {runs.length === 0 && (
          <p className="hint">
            No run yet. A frozen protocol is sent to the approved sites from its own page.
          </p>
        )}
        {runs.map((run) => (
          <RunCard key={run.id} run={run} name={protocolName(protocols, run.protocol)} onChange={changed} />
        ))}
      </section>
      <section aria-labelledby="protocols">
        <h2 id="protocols">Protocols</h2>
        <ProtocolList study={id} protocols={protocols} />
      </section>
      <section aria-labelledby="sites">
        <h2 id="sites">Sites</h2>
        {session.may('coordinator') && <InviteSite study={study} />}
        <Sites sites={sites} verdicts={verdicts} onChange={changed} />
      </section>
    </>
  );
}

function Sites(props: {
  sites: readonly Site[];
  verdicts: ReadonlyMap<string, SiteQualification['verdict']>;
  onChange: () => void;
}): ReactNode {
  const { sites, verdicts, onChange } = props;
  if (sites.length === 0) return <p className="hint">No site yet.</p>;
  return (
    <>
      <ul className="rows">
        {sites.map((site) => (
          <SiteRow key={site.id} site={site} verdict={verdicts.get(site.id)} onChange={onChange} />
        ))}
      </ul>
      <details>
        <summary>As a table</summary>
        <DataTable table={sitesTable(sites)} heading={false} />
      </details>
    </>
  );
}
