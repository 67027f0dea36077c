// Socket.IO events between coordinator and site agent. Payloads are parsed with these schemas on arrival, always.
import type { Envelope } from './trust/envelope.ts';
import type { LinkChallenge, LinkReady } from './trust/link.ts';
import type { Problem } from './problem.ts';
import type { JobProgress } from './runs.ts';

/** Coordinator to site. */
export interface CoordinatorEvents {
  /** answered with an envelope of a SiteHello */
  'link:challenge': (challenge: LinkChallenge, answer: (siteHello: Envelope) => void) => void;
  'link:ready': (ready: LinkReady) => void;
  'link:refused': (problem: Problem) => void;
  /** answered with nothing: asks whether this end of the link still lives */
  'link:probe': (answer: () => void) => void;
  /** an envelope of a JobOffer; sent again on every connect while the job is open */
  'job:offer': (offer: Envelope) => void;
  'job:cancel': (cancel: { job: string }) => void;
}

/** Site to coordinator. */
export interface SiteEvents {
  'job:progress': (progress: JobProgress) => void;
}

/** Path of the Socket.IO endpoint, on the coordinator's one port. */
export const socketPath = '/api/link';
