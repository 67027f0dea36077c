// How the running agent reads: lines and bars for people, one JSON document a line for programs.
import { makeBars, type Bar, type Output } from '@sidemark/terminal';
import type { AgentEvent, Narrator } from '../platform/narrator.ts';

const short = (id: string): string => id.slice(0, 8);
const seconds = (ms: number): string => `${Math.max(1, Math.round(ms / 1000))} s`;

function detailText(details: Readonly<Record<string, unknown>>): string {
  const parts = Object.entries(details).map(
    ([key, value]) => `${key} ${Array.isArray(value) ? value.join(', ') : String(value)}`,
  );
  return parts.length === 0 ? '' : ` (${parts.join('; ')})`;
}

/** One line for an event; undefined for what a bar shows. */
export function sentenceOf(event: AgentEvent): string | undefined {
  switch (event.event) {
    case 'connected':
      return `connected to ${event.address}`;
    case 'disconnected':
      return `not connected: ${event.message}${detailText(event.details)} Next try in ${seconds(event.retryInMs)}.`;
    case 'waiting':
      return `job ${short(event.job)} waits: ${event.message}${detailText(event.details)} Next try in ${seconds(event.retryInMs)}.`;
    case 'job':
      return jobSentence(event);
    case 'progress':
      return undefined;
    case 'sending':
      return `job ${short(event.job)}: sending report ${event.sequence} (payload ${event.payloadDigest.slice(0, 12)})`;
    case 'receipt':
      return `job ${short(event.job)}: report ${event.sequence} received, the coordinator's receipt is stored`;
    case 'key-rotated':
      return `site key ${event.keyId.slice(0, 16)} has taken over; the one before it is good until ${event.overlapUntil ?? 'revoked'}`;
    case 'key-waits':
      return `the next site key waits: ${event.message}${detailText(event.details)}`;
    case 'parked':
      return `job ${short(event.job)}: report ${event.sequence} refused (${event.code}): ${event.message}`;
  }
}

function jobSentence({ job, state, code, reason }: Extract<AgentEvent, { event: 'job' }>): string {
  const why = reason === null ? '' : `: ${reason.message}${detailText(reason.details)}`;
  const next = state === 'held' ? ` Approve it: sidemark agent approve ${job}` : '';
  return `job ${job} ${state}${code === null ? '' : ` (${code})`}${why}${next === '' ? '' : `.${next}`}`;
}

/** A narrator that prints through `output`. */
export function makeNarrator(output: Output): Narrator & { stop(): void } {
  if (output.json) {
    return {
      tell: (event) => void process.stdout.write(`${JSON.stringify(event)}\n`),
      stop: () => undefined,
    };
  }
  let bars = makeBars(output);
  let current: { key: string; bar: Bar } | undefined;
  let last = '';
  const rest = (): void => {
    if (current !== undefined) bars.stop();
    if (current !== undefined) bars = makeBars(output);
    current = undefined;
  };
  return {
    tell(event) {
      if (event.event === 'progress') {
        const key = `${short(event.job)} ${event.phase}`;
        if (current?.key !== key) rest();
        current ??= { key, bar: bars.add(key, event.imagesTotal) };
        const eta = event.etaSeconds === null ? '' : `, ${Math.ceil(event.etaSeconds)} s left`;
        current.bar.update(event.imagesDone, `images ${event.ratePerSecond.toFixed(1)}/s${eta}`);
        return;
      }
      rest();
      const line = sentenceOf(event);
      // the same trouble again is not news
      const isTrouble = event.event === 'disconnected' || event.event === 'key-waits';
      const gist = isTrouble ? event.code : (line ?? '');
      if (line !== undefined && gist !== last) output.note(line);
      last = gist;
    },
    stop: rest,
  };
}
