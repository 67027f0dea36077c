// One run: how far each site is, and what may be done about the run and its jobs.
import type { ReactNode } from 'react';
import type { Job, Run } from '@sidemark/core/contract';
import { act } from '../../api/client.ts';
import { session } from '../../api/session.ts';
import { instant } from '../../format/time.ts';
import { useDeed } from '../../live/use-deed.ts';
import { hrefs } from '../../routes/route.ts';
import { ConfirmButton } from '../parts/confirm-button.tsx';
import { Trouble } from '../parts/form.tsx';
import { JobList } from './job-list.tsx';

export function RunCard(props: { run: Run; name: string; onChange: () => void }): ReactNode {
  const { run, name, onChange } = props;
  const reported = run.jobs.filter(({ state }) => state === 'reported').length;
  const isOffice = session.may('coordinator') && run.state === 'open';
  return (
    <article className="card run" aria-label={name}>
      <header>
        <h3>
          <a href={hrefs.run(run.id)}>{name}</a>
        </h3>
        <p className="quiet">
          {run.state} · started {instant(run.createdAt)} · {reported} of {run.jobs.length} sites have reported
        </p>
      </header>
      <JobList
        jobs={run.jobs}
        {...(isOffice ? { action: (job: Job) => <OfferAgain job={job} onChange={onChange} /> } : {})}
      />
      {isOffice && <RunDecisions run={run} onChange={onChange} />}
    </article>
  );
}

const canBeOffered = new Set<Job['state']>(['reported', 'refused', 'failed']);

function OfferAgain({ job, onChange }: { job: Job; onChange: () => void }): ReactNode {
  const deed = useDeed();
  if (!canBeOffered.has(job.state)) return null;
  const offer = (): void => deed.run(() => act('reopenJob', null, { id: job.id }).then(onChange));
  const label = `Offer again to ${job.siteName}`;
  return (
    <span>
      {job.state === 'reported' ? (
        <ConfirmButton
          label={label}
          question="Its report counts until another is accepted. Ask it to evaluate anew?"
          yes="Offer again"
          disabled={deed.busy}
          onSure={offer}
        />
      ) : (
        <button type="button" className="plain" disabled={deed.busy} onClick={offer}>
          {label}
        </button>
      )}
      <Trouble deed={deed} />
    </span>
  );
}

function RunDecisions({ run: { id }, onChange }: { run: Run; onChange: () => void }): ReactNode {
  const deed = useDeed();
  const end = (how: 'cancelRun' | 'closeRun') => (): void =>
    deed.run(() => act(how, null, { id }).then(onChange));
  return (
    <>
      <div className="buttons">
        <ConfirmButton
          label="Close the run"
          question="It takes no more reports, and those that are there stay. Close it?"
          yes="Close"
          disabled={deed.busy}
          onSure={end('closeRun')}
        />
        <ConfirmButton
          label="Cancel the run"
          question="Sites stop their work, and what they have not reported is lost. Cancel it?"
          yes="Cancel the run for good"
          disabled={deed.busy}
          onSure={end('cancelRun')}
        />
      </div>
      <Trouble deed={deed} />
    </>
  );
}
