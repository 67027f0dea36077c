// What the running agent tells the people of the site. Events, not text: the command line decides how they read.
import type { JobProgress } from '@sidemark/core/contract';
import type { ErrorDetails } from '@sidemark/core/errors';

/** An error as people of the site may see it. */
interface Said {
  readonly code: string;
  readonly message: string;
  readonly details: ErrorDetails;
}

interface Sent {
  readonly job: string;
  readonly sequence: number;
  readonly payloadDigest: string;
}

export type AgentEvent =
  | { readonly event: 'connected'; readonly address: string }
  | ({ readonly event: 'disconnected'; readonly retryInMs: number } & Said)
  | ({ readonly event: 'waiting'; readonly job: string; readonly retryInMs: number } & Said)
  | {
      readonly event: 'job';
      readonly job: string;
      readonly state: string;
      readonly code: string | null;
      readonly reason: {
        readonly message: string;
        readonly details: Readonly<Record<string, unknown>>;
      } | null;
    }
  | ({ readonly event: 'progress' } & JobProgress)
  | ({ readonly event: 'sending' } & Sent)
  | ({ readonly event: 'receipt' } & Sent)
  | ({ readonly event: 'parked' } & Sent & Said)
  | {
      readonly event: 'key-rotated';
      readonly keyId: string;
      readonly oldKeyId: string;
      readonly overlapUntil: string | null;
    }
  | ({ readonly event: 'key-waits' } & Said);

export interface Narrator {
  tell(event: AgentEvent): void;
}

/** The parts of an error for an event. */
export function said({ code, message, details }: Said): Said {
  return { code, message, details };
}

export const silentNarrator: Narrator = { tell: () => undefined };
