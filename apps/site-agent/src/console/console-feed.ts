// What the running agent has told its people since it started: the connection as it stands, progress by job, and the last
// lines of the log. Kept in memory, and shown by the console.
import type { ConsoleLog, ConsoleOverview, JobProgress } from '@sidemark/core/contract';
import { sentenceOf } from '../commands/agent-narrator.ts';
import { instant, type Clock } from '../platform/clock.ts';
import type { Log, LogFields } from '../platform/log.ts';
import type { AgentEvent, Narrator } from '../platform/narrator.ts';
import { detailLines } from './views/detail-lines.ts';

const mostLines = 1000;

type Line = ConsoleLog['lines'][number];

export class ConsoleFeed {
  readonly startedAt: string;
  readonly #clock: Clock;
  readonly #progress = new Map<string, JobProgress>();
  #link: ConsoleOverview['link'] = { connected: false, since: null, problem: null, retryAt: null };
  #lines: Line[] = [];

  constructor(clock: Clock) {
    this.#clock = clock;
    this.startedAt = instant(clock.now());
  }

  get link(): ConsoleOverview['link'] {
    return this.#link;
  }

  /** Newest first. */
  get lines(): readonly Line[] {
    return this.#lines.toReversed();
  }

  progressOf(job: string): JobProgress | null {
    return this.#progress.get(job) ?? null;
  }

  /** A narrator that the console hears too. */
  overhear(narrator: Narrator): Narrator {
    return {
      tell: (event) => {
        this.#take(event);
        narrator.tell(event);
      },
    };
  }

  /** A log that the console keeps the last lines of. */
  keep(log: Log): Log {
    const both =
      (level: 'info' | 'warn') =>
      (event: string, fields: LogFields = {}): void => {
        const words = Object.entries(fields).map(([name, value]) => `${name} ${String(value)}`);
        this.#add(level, [event, ...words].join(', '));
        log[level](event, fields);
      };
    return { info: both('info'), warn: both('warn') };
  }

  #take(event: AgentEvent): void {
    const now = this.#clock.now();
    if (event.event === 'progress') {
      const { job, phase, imagesDone, imagesTotal, ratePerSecond, etaSeconds } = event;
      this.#progress.set(job, { job, phase, imagesDone, imagesTotal, ratePerSecond, etaSeconds });
      return;
    }
    if (event.event === 'job' && event.state !== 'running') this.#progress.delete(event.job);
    if (event.event === 'connected')
      this.#link = { connected: true, since: instant(now), problem: null, retryAt: null };
    if (event.event === 'disconnected') {
      const { code, message, details } = event;
      const { connected, since } = this.#link;
      this.#link = {
        connected: false,
        since: connected || since === null ? instant(now) : since,
        problem: { code, message, details: detailLines(details) },
        retryAt: instant(new Date(now.getTime() + event.retryInMs)),
      };
    }
    const sentence = sentenceOf(event);
    if (sentence !== undefined) this.#add('told', sentence);
  }

  #add(level: Line['level'], text: string): void {
    this.#lines.push({ at: instant(this.#clock.now()), level, text });
    if (this.#lines.length > mostLines) this.#lines = this.#lines.slice(-mostLines);
  }
}
