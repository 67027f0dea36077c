// The sites of a run and how far each is.
import type { ReactNode } from 'react';
import type { Job } from '@sidemark/core/contract';
import { jobLine } from './study-model.ts';

/** @param action what may be done about a job, beside it */
export function JobList(props: { jobs: readonly Job[]; action?: (job: Job) => ReactNode }): ReactNode {
  const { jobs, action } = props;
  return (
    <ul className="jobs">
      {jobs.map((job) => (
        <JobItem key={job.id} job={job}>
          {action?.(job)}
        </JobItem>
      ))}
    </ul>
  );
}

function JobItem({ job, children }: { job: Job; children?: ReactNode }): ReactNode {
  const { state, detail, done, tone } = jobLine(job);
  return (
    <li>
      <span className="name">{job.siteName}</span>
      <progress className={tone} max={1} value={done ?? 0} aria-label={`${job.siteName}: ${state}`} />
      <span className={tone}>
        {state}
        {detail && <span className="quiet"> {detail}</span>}
        {children}
      </span>
    </li>
  );
}
