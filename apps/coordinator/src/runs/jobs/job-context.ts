// What must be known around a job to judge what is said of it.
import type { Job, ProtocolDocument, RunState } from '@sidemark/core/contract';

/** A job with its run, study and protocol. */
export interface JobContext {
  readonly job: Job;
  readonly study: string;
  readonly runState: RunState;
  readonly protocolDigest: string;
  readonly document: ProtocolDocument;
}
