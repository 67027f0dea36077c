// Whether the coordinator stores a report, decided from facts alone. The signature was verified and the payload
// parsed before; the order of the questions is the order of the refusals.
import type { JobState, ReportHeader, RunState, SiteState } from '@sidemark/core/contract';
import type { ErrorCode, ErrorDetails } from '@sidemark/core/errors';
import { type KeyState, keyStateCodes } from '@sidemark/core/trust';
import { isOpen } from '../../runs/jobs/job-state.ts';

export interface AcceptanceFacts {
  /** the site whose session carries the report */
  readonly site: { readonly id: string; readonly study: string; readonly state: SiteState };
  /** the key that signed, as it stands now; it belongs to that site */
  readonly signer: { readonly keyId: string; readonly state: KeyState };
  readonly header: Omit<ReportHeader, 'schema' | 'datasetDigest'>;
  readonly resultDigest: { readonly claimed: string; readonly actual: string };
  /** undefined: no such job */
  readonly job: JobFacts | undefined;
  /** this very payload is stored for this job */
  readonly stored: boolean;
  /** the site has used this sequence number for another payload */
  readonly sequenceUsed: boolean;
}

export interface JobFacts {
  readonly site: string;
  readonly run: string;
  readonly study: string;
  readonly state: JobState;
  readonly runState: RunState;
  readonly protocolDigest: string;
  /** SHA-256 of detector, inpainter, classifiers in protocol order */
  readonly models: readonly string[];
}

export type Verdict =
  | { readonly kind: 'accept' }
  | { readonly kind: 'replay' }
  | { readonly kind: 'refuse'; readonly code: ErrorCode; readonly details: ErrorDetails };

const refuse = (code: ErrorCode, details: ErrorDetails = {}): Verdict => ({ kind: 'refuse', code, details });

/** A stored payload gets its receipt again, whatever has become of key, site, job or run since. */
export function judgeReport(facts: AcceptanceFacts): Verdict {
  const { header, site } = facts;
  if (header.site !== site.id) return refuse('report-wrong-site');
  if (facts.stored) return { kind: 'replay' };
  return judgeSender(facts) ?? judgeContent(facts) ?? judgeMoment(facts) ?? { kind: 'accept' };
}

function judgeSender({ header, site, signer }: AcceptanceFacts): Verdict | undefined {
  if (signer.state !== 'valid') return refuse(keyStateCodes[signer.state], { keyId: signer.keyId });
  if (header.siteKeyId !== signer.keyId) return refuse('report-wrong-site', { signedBy: signer.keyId });
  if (site.state === 'suspended' || site.state === 'revoked')
    return refuse('site-suspended', { state: site.state });
  if (site.state !== 'approved') return refuse('site-not-approved', { state: site.state });
  return undefined;
}

function judgeContent({ header, site, job, resultDigest }: AcceptanceFacts): Verdict | undefined {
  if (job === undefined || job.site !== site.id) return refuse('report-wrong-job', { field: 'job' });
  if (header.run !== job.run) return refuse('report-wrong-job', { field: 'run' });
  if (header.study !== job.study) return refuse('report-wrong-job', { field: 'study' });
  if (site.study !== job.study) return refuse('site-not-associated');
  if (resultDigest.claimed !== resultDigest.actual)
    return refuse('report-digest-mismatch', { field: 'resultDigest' });
  if (header.protocolDigest !== job.protocolDigest)
    return refuse('report-digest-mismatch', { field: 'protocolDigest' });
  if (header.models.join() !== job.models.join())
    return refuse('report-digest-mismatch', { field: 'models' });
  return undefined;
}

function judgeMoment({ header, job, sequenceUsed }: AcceptanceFacts): Verdict | undefined {
  if (job === undefined) return refuse('report-wrong-job', { field: 'job' });
  if (job.runState !== 'open') return refuse('report-job-closed', { run: job.runState });
  if (job.state === 'reported') return refuse('report-conflict', { state: job.state });
  if (!isOpen(job.state)) return refuse('report-job-closed', { state: job.state });
  if (sequenceUsed) return refuse('report-sequence-replayed', { sequence: header.sequence });
  return undefined;
}
