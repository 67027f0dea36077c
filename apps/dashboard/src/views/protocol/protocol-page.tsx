// One protocol version: what it says, the document as it is signed, and the steps that follow: freezing it, and its run.
import { type ReactNode, useState } from 'react';
import type { Protocol, Site } from '@sidemark/core/contract';
import { act, ask } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { instant } from '../../format/time.ts';
import { type Deed, useDeed } from '../../live/use-deed.ts';
import { usePolled } from '../../live/use-polled.ts';
import { hrefs } from '../../routes/route.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { DataTable } from '../parts/data-table.tsx';
import { Trouble } from '../parts/form.tsx';
import { Notice, Stale, Waiting } from '../parts/notice.tsx';
import { Facts, PageHead } from '../parts/page-head.tsx';
import { choicesTable } from './choices-table.ts';
import { agreementsTable, comparisonsTable, modelsTable } from './protocol-tables.ts';
import { SignedText } from './signed-text.tsx';

async function loadProtocol(study: string, id: string, signal: AbortSignal) {
  const [studies, protocols, sites] = await Promise.all([
    ask('listStudies', {}, signal),
    ask('listProtocols', { id: study }, signal),
    ask('listSites', {}, signal),
  ]);
  return {
    title: studies.find((one) => one.id === study)?.title ?? 'Study',
    protocol: protocols.find((one) => one.id === id),
    approved: sites.filter((site) => site.study === study && site.state === 'approved'),
  };
}

export function ProtocolPage({ study, id }: { study: string; id: string }): ReactNode {
  const [version, setVersion] = useState(0);
  const load = (signal: AbortSignal) => loadProtocol(study, id, signal);
  const { value, failure } = usePolled(`protocol ${id}`, load, 5000, String(version));
  if (!value) return <Waiting failure={failure} what="protocol" />;
  const { title, protocol, approved } = value;
  if (!protocol)
    return (
      <Notice kind="error" title="There is no such protocol">
        The address may have been cut off. <a href={hrefs.study(study)}>{title}</a>
      </Notice>
    );
  const { name, document, state, createdAt, envelope } = protocol;
  return (
    <>
      <PageHead
        title={`${name}, version ${protocol.version}`}
        crumbs={[
          { label: 'Studies', href: hrefs.studies },
          { label: title, href: hrefs.study(study) },
        ]}
      >
        <Facts
          facts={[
            ['State', state === 'frozen' ? 'frozen and signed' : state],
            ['Drafted', instant(createdAt)],
            ['Arms', document.arms.join(', ')],
            ['Floor', `${document.disclosure.minPatientsPerClass} patients of each class`],
            ['Machines', document.qualification ? 'qualified by phantoms first' : 'not qualified'],
          ]}
        />
      </PageHead>
      <Stale failure={failure} />
      {session.may('coordinator') && (
        <>
          <Next protocol={protocol} approved={approved} onChange={() => setVersion((before) => before + 1)} />
          <p className="hint">
            Something to change, or a qualification pack to add?{' '}
            <a href={hrefs.newProtocol(study, id)}>Compose the next version from this one</a>
          </p>
        </>
      )}
      <DataTable table={modelsTable(document)} />
      {document.comparisons.length > 0 && <DataTable table={comparisonsTable(document)} />}
      {document.agreements && <DataTable table={agreementsTable(document)} />}
      <DataTable table={choicesTable(document)} />
      <SignedText document={document} digest={protocol.digest} envelope={envelope} />
    </>
  );
}

function Next(props: { protocol: Protocol; approved: readonly Site[]; onChange: () => void }): ReactNode {
  const { protocol, approved, onChange } = props;
  const deed = useDeed();
  if (protocol.state === 'draft') return <Freeze protocol={protocol} deed={deed} onChange={onChange} />;
  if (protocol.state !== 'frozen') return null;
  const start = async (): Promise<void> => {
    const { id } = await act('startRun', { protocol: protocol.id });
    location.hash = hrefs.run(id);
  };
  const names = approved.map(({ name }) => name).join(', ');
  return (
    <section className="card" aria-labelledby="next">
      <h2 id="next">Send it to the sites</h2>
      {approved.length === 0 ? (
        <p>
          No site is approved yet. <a href={hrefs.study(protocol.study)}>Invite and approve the first</a>
        </p>
      ) : (
        <p>
          A run offers it to every approved site: {names}. A site that is away is offered it when it is back,
          and each decides by its own policy.
        </p>
      )}
      <div className="buttons">
        <button type="button" disabled={deed.busy || approved.length === 0} onClick={() => deed.run(start)}>
          Start a run
        </button>
      </div>
      <Trouble deed={deed} />
    </section>
  );
}

function Freeze(props: { protocol: Protocol; deed: Deed; onChange: () => void }): ReactNode {
  const { protocol, deed, onChange } = props;
  const freeze = (): void => deed.run(() => act('freezeProtocol', null, { id: protocol.id }).then(onChange));
  return (
    <section className="card" aria-labelledby="next">
      <h2 id="next">Read it, then freeze it</h2>
      <p>
        Freezing signs the document below with the release key of the trial, which this coordinator holds
        unless its operator keeps it elsewhere. From then on it never changes; a correction is a new version.
      </p>
      <div className="buttons">
        <ConfirmButton
          label="Freeze and sign"
          question={`Sign ${protocol.name}, version ${protocol.version}, for good?`}
          yes="Sign it"
          disabled={deed.busy}
          onSure={freeze}
        />
      </div>
      <Trouble deed={deed} />
      {deed.failure?.code === 'release-key-offline' && (
        <p className="hint">
          The release key of this trial is kept off this coordinator, so no click can sign. Whoever holds it
          puts <code>keys/release.key</code> in the coordinator’s data directory for this step, comes back
          here, and takes it away again.
        </p>
      )}
    </section>
  );
}
