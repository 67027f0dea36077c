// The first page: is this site connected, who is it, what may run, and what waits for a person.
import type { ReactNode } from 'react';
import type { ConsoleJob, ConsoleOverview } from '@sidemark/core/contract';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { Digest, Facts, PageHead } from '../../views/parts/page-head.tsx';
import { agent } from '../ask.ts';
import { Stale } from '../../views/parts/notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { Progress } from '../parts/progress.tsx';
import { hrefs } from '../route.ts';
import { stateWords, toneOf, waitsForPerson } from '../words.ts';

export function JobsPage(): ReactNode {
  const { value, failure } = usePolled('overview', agent.overview, 1500);
  if (!value) return <Waiting failure={failure} what="console" />;
  const waiting = value.jobs.filter(waitsForPerson);
  return (
    <>
      <PageHead title={value.site.name} crumbs={[]}>
        <p className="headline">{headline(value, waiting.length)}</p>
      </PageHead>
      <Stale failure={failure} />
      <div className="pair">
        <Connection overview={value} />
        <Key overview={value} />
      </div>
      <section aria-labelledby="jobs">
        <h2 id="jobs">Jobs</h2>
        {value.jobs.length === 0 && (
          <p className="hint">
            No job has been offered yet. When the trial office starts a run, its job appears here; whether it
            waits for you says the policy below.
          </p>
        )}
        <ul className="cards">
          {value.jobs.map((job) => (
            <JobCard key={job.job} job={job} />
          ))}
        </ul>
      </section>
      <Policy policy={value.policy} />
    </>
  );
}

function headline({ link, jobs }: ConsoleOverview, waiting: number): string {
  const way = link.connected ? 'Connected to the coordinator' : 'Not connected to the coordinator';
  const running = jobs.filter(({ state }) => state === 'running').length;
  const work = running > 0 ? `${running} running` : 'nothing running';
  const person =
    waiting === 0 ? 'nothing waits for you' : `${waiting} ${waiting === 1 ? 'waits' : 'wait'} for you`;
  return `${way}; ${work}, ${person}.`;
}

function Connection({
  overview: { link, site, egress, agentVersion, startedAt },
}: {
  overview: ConsoleOverview;
}): ReactNode {
  return (
    <section className="card" aria-labelledby="connection">
      <h2 id="connection">
        <span className={link.connected ? 'light good' : 'light bad'} aria-hidden="true" />
        {link.connected ? 'Connected' : 'Not connected'}
      </h2>
      {link.problem && (
        <p className="alert" role="status">
          {link.problem.message} {link.problem.details.join('; ')}
        </p>
      )}
      <Facts
        facts={[
          ['Coordinator', <code key="c">{site.coordinator}</code>],
          ...(link.since === null ? [] : [['Since', instant(link.since)] as const]),
          ...(link.retryAt === null ? [] : [['Next try', instant(link.retryAt)] as const]),
          ['Agent', `${agentVersion}, started ${instant(startedAt)}`],
          [
            'Left this site',
            <a key="e" href={hrefs.egress}>
              {egress.entries} entries{egress.waiting > 0 ? `, ${egress.waiting} waiting` : ''}
            </a>,
          ],
        ]}
      />
    </section>
  );
}

function Key({ overview: { key, site } }: { overview: ConsoleOverview }): ReactNode {
  return (
    <section className="card" aria-labelledby="key">
      <h2 id="key">Key of this site</h2>
      <p className="six-words">{key.words.join(' ')}</p>
      <p className="quiet">The six words of the enrolment: the trial office must see the same.</p>
      <Facts
        facts={[
          ['Fingerprint', <Digest key="k" value={key.keyId} />],
          ['Passphrase', key.locked ? 'locked' : 'none: the console cannot approve'],
          ['Site', <Digest key="s" value={site.site} />],
        ]}
      />
      {!key.locked && (
        <p className="hint">
          Lock the key with <code>sidemark key passphrase</code>; then jobs can be approved here.
        </p>
      )}
    </section>
  );
}

function JobCard({ job }: { job: ConsoleJob }): ReactNode {
  return (
    <li className={`card job ${toneOf(job)}`}>
      <h3>
        <a href={hrefs.job(job.job)}>{job.protocolName ?? `Protocol ${job.protocolDigest.slice(0, 12)}…`}</a>
      </h3>
      <p className={`state ${toneOf(job)}`}>{stateWords(job)}</p>
      {job.progress && <Progress progress={job.progress} />}
      {job.reason && <p className="quiet">{job.reason.message}</p>}
      <p className="quiet">
        Job <Digest value={job.job} /> · arrived {instant(job.receivedAt)} · last change{' '}
        {instant(job.updatedAt)}
      </p>
    </li>
  );
}

function Policy({ policy: { source, problems, rules } }: { policy: ConsoleOverview['policy'] }): ReactNode {
  return (
    <section aria-labelledby="policy">
      <h2 id="policy">Policy in force</h2>
      <p className="quiet">
        {source === 'file'
          ? 'From policy.yaml. The coordinator can neither see nor change it.'
          : source === 'none'
            ? 'There is no policy.yaml: these are the defaults. Write one with sidemark policy init.'
            : 'policy.yaml has errors, so every job is held until it is corrected:'}
      </p>
      {problems.length > 0 && (
        <ul className="alert">
          {problems.map((problem) => (
            <li key={problem}>{problem}</li>
          ))}
        </ul>
      )}
      <dl className="rules">
        {rules.map(({ name, value, means }) => (
          <div key={name}>
            <dt>
              <code>{name}</code>
            </dt>
            <dd>
              <strong>{value}</strong> <span className="quiet">{means}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
