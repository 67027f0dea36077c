// The sites of a run and how far each is.
import type { ReactNode } from 'react';
import type { Job } from '@sidemark/core/contract';
import { jobLine } from './study-model.ts';

export function JobList({ jobs }: { jobs: readonly Job[] }): ReactNode {
  return (
    <ul className="jobs">
      {jobs.map((job) => (
        <JobItem key={job.id} job={job} />
      ))}
    </ul>
  );
}

function JobItem({ job }: { job: Job }): ReactNode {
  const { state, detail, done, tone } = jobLine(job);
  return (
    <li>
      <span className="name">{job.siteName}</span>
      <progress className={tone} max={1} value={done ?? 0} aria-label={`${job.siteName}: ${state}`} />
      <span className={tone}>
        {state}
        {detail && <span className="quiet"> {detail}</span>}
      </span>
    </li>
  );
}
