// What the judge of a report is told, put together from the tables and from the report itself.
import type { SiteState } from '@sidemark/core/contract';
import { keyStateAt, type KeyValidity } from '@sidemark/core/trust';
import type { JobContext } from '../../runs/jobs/job-context.ts';
import type { AcceptanceFacts, JobFacts } from './report-acceptance.ts';

export interface Gathered {
  readonly site: { readonly id: string; readonly study: string; readonly state: SiteState };
  readonly signer: (KeyValidity & { readonly keyId: string }) | undefined;
  /** what the site says: its header, and the digest it claims for the rest */
  readonly said: Pick<AcceptanceFacts, 'header' | 'resultDigest'>;
  readonly context: JobContext | undefined;
  readonly stored: boolean;
  readonly sequenceUsed: boolean;
  readonly now: Date;
}

export function gatherFacts({ signer, said, context, now, ...known }: Gathered): AcceptanceFacts {
  return {
    ...known,
    ...said,
    signer: { keyId: signer?.keyId ?? '', state: signer === undefined ? 'revoked' : keyStateAt(signer, now) },
    job: context && jobFacts(context),
  };
}

function jobFacts({ job, study, runState, protocolDigest, document }: JobContext): JobFacts {
  const { detector, inpainter, classifiers } = document;
  const models = [detector, inpainter, ...classifiers.map(({ model }) => model)].map(({ sha256 }) => sha256);
  return { site: job.site, run: job.run, study, state: job.state, runState, protocolDigest, models };
}
