// One job: the protocol in plain words, the models by digest, what may be decided, the figures of this site, its pictures.
import { type ReactNode, useState } from 'react';
import type { ConsoleJobPage } from '@sidemark/core/contract';
import { instant } from '../../format/time.ts';
import { usePolled } from '../../live/use-polled.ts';
import { DataTable } from '../../views/parts/data-table.tsx';
import { Digest, Facts, PageHead } from '../../views/parts/page-head.tsx';
import type { Table } from '../../views/parts/table.ts';
import { figuresTable, imagesTable } from '../../views/report/report-tables.ts';
import { agent } from '../ask.ts';
import { Decision } from '../parts/decision.tsx';
import { Distribution } from '../parts/distribution.tsx';
import { Pictures } from '../parts/pictures.tsx';
import { Progress } from '../parts/progress.tsx';
import { Stale } from '../../views/parts/notice.tsx';
import { Waiting } from '../parts/waiting.tsx';
import { hrefs } from '../route.ts';
import { stateWords, toneOf } from '../words.ts';

export function JobPage({ id }: { id: string }): ReactNode {
  const [version, setVersion] = useState(0);
  const { value, failure } = usePolled(`job ${id}`, agent.job(id), 1500, `${version}`);
  if (!value) return <Waiting failure={failure} what="job" />;
  const { job, protocol, report } = value;
  return (
    <>
      <PageHead title={job.protocolName ?? 'A job'} crumbs={[{ label: 'Jobs', href: hrefs.jobs }]}>
        <p className={`headline state ${toneOf(job)}`}>{stateWords(job)}</p>
        <Facts
          facts={[
            ['Job', <Digest key="j" value={job.job} whole />],
            ['Protocol digest', <Digest key="p" value={job.protocolDigest} whole />],
            ['Arrived', instant(job.receivedAt)],
            ['Last change', instant(job.updatedAt)],
          ]}
        />
      </PageHead>
      <Stale failure={failure} />
      {job.reason && (
        <div className="stale">
          <p>{job.reason.message}</p>
          {job.reason.details.length > 0 && (
            <ul>
              {job.reason.details.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          )}
        </div>
      )}
      {job.progress && <Progress progress={job.progress} />}
      <Decision job={job} onDone={() => setVersion(version + 1)} />
      {report && <Result page={value} report={report} />}
      {job.state === 'reported' && <Distribution job={id} />}
      {protocol === null ? (
        <p className="hint">The protocol is not here yet: the agent fetches it when it is connected.</p>
      ) : (
        <Protocol protocol={protocol} />
      )}
      {report && <Pictures job={id} />}
    </>
  );
}

function Protocol({
  protocol: { parts, models, document },
}: {
  protocol: NonNullable<ConsoleJobPage['protocol']>;
}): ReactNode {
  return (
    <section aria-labelledby="protocol">
      <h2 id="protocol">The protocol in plain words</h2>
      <div className="parts">
        {parts.map(({ heading, lines }) => (
          <div key={heading} className="card">
            <h3>{heading}</h3>
            <ul>
              {lines.map((line) => (
                <li key={line}>{line}</li>
              ))}
            </ul>
          </div>
        ))}
      </div>
      <DataTable table={modelsTable(models)} />
      <details>
        <summary>The signed document, in full</summary>
        <pre className="document" tabIndex={0}>
          {document}
        </pre>
      </details>
    </section>
  );
}

function modelsTable(models: NonNullable<ConsoleJobPage['protocol']>['models']): Table {
  return {
    caption: 'Models that will run',
    file: 'models',
    columns: ['Model', 'Role', 'SHA-256 of its bytes', 'SHA-256 of its manifest', 'On this machine'].map(
      (label) => ({
        label,
      }),
    ),
    rows: models.map(({ role, id, name, sha256, manifestSha256, here }) => [
      { text: name },
      { text: id === null ? role : `${role} “${id}”` },
      { text: sha256 },
      { text: manifestSha256 },
      here ? { text: 'yes, verified', tone: 'good' } : { text: 'not yet', tone: 'quiet' },
    ]),
  };
}

function Result(props: { page: ConsoleJobPage; report: NonNullable<ConsoleJobPage['report']> }): ReactNode {
  const { page, report } = props;
  const { job, protocol } = page;
  const names = new Map(protocol?.models.map(({ id, name, sha256 }) => [sha256, id ?? name]));
  return (
    <section aria-labelledby="result">
      <h2 id="result">The figures of this site</h2>
      <p className="quiet">
        {job.state === 'reported'
          ? 'They have left, signed; the coordinator’s receipt is here.'
          : 'This is the report as it would leave. Nobody else has seen a figure of it.'}{' '}
        Finished {instant(report.header.finishedAt)}, result <Digest value={report.resultDigest} />.
      </p>
      <DataTable table={figuresTable(report.result, names)} />
      <DataTable table={imagesTable(report.result)} />
    </section>
  );
}
