// The numbers of a site for its own Prometheus. Labels are words of the code: no job, no digest, no file and no name is one.
import { statfs } from 'node:fs/promises';
import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import type { AgentEvent } from '../platform/narrator.ts';
import type { FilmTime } from '../platform/stopwatch.ts';

/** What is read when somebody asks. */
export interface AgentState {
  readonly jobStates: () => Promise<readonly string[]>;
  readonly outboxPending: () => Promise<number>;
  readonly dataDirectory: string;
}

export class AgentMetrics {
  readonly #registry = new Registry();
  readonly #link = this.#gauge('link_connected', '1: the link to the coordinator stands');
  readonly #cuts = this.#counter('link_cuts_total', 'Ends of the link and failed attempts, by code', [
    'code',
  ]);
  readonly #jobs = this.#gauge('jobs', 'Jobs of this site by state', ['state']);
  readonly #outbox = this.#gauge('outbox_pending', 'Signed statements that wait for a receipt');
  readonly #films = this.#counter('films_total', 'Films that were worked on, by outcome', ['outcome']);
  readonly #progress = this.#gauge('job_films', 'Films of the job at work: done and in all', ['part']);
  readonly #reports = this.#counter('reports_total', 'Reports by what became of them', ['outcome']);
  readonly #disk = this.#gauge('data_disk_free_bytes', 'Free space where the data directory is');
  readonly #seconds = new Histogram({
    name: 'sidemark_agent_film_seconds',
    help: 'Time of one film in an inference process: decode, inference (all models and arms), total',
    labelNames: ['part'] as const,
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2, 4, 8, 15, 30, 60, 120],
    registers: [this.#registry],
  });
  #connected = false;

  constructor(
    private readonly state: AgentState,
    version: string,
  ) {
    collectDefaultMetrics({ register: this.#registry });
    this.#gauge('build_info', 'Version that runs; always 1', ['version']).set({ version }, 1);
    this.#link.set(0);
  }

  get isConnected(): boolean {
    return this.#connected;
  }

  /** What the agent tells its people, counted. */
  hear(event: AgentEvent): void {
    switch (event.event) {
      case 'connected':
        return this.#setLink(true);
      case 'disconnected':
        this.#cuts.inc({ code: event.code });
        return this.#setLink(false);
      case 'progress':
        this.#progress.set({ part: 'done' }, event.imagesDone);
        this.#progress.set({ part: 'total' }, event.imagesTotal);
        return;
      case 'sending':
        return this.#reports.inc({ outcome: 'sent' });
      case 'receipt':
        return this.#reports.inc({ outcome: 'received' });
      case 'parked':
        return this.#reports.inc({ outcome: 'refused' });
      case 'waiting':
      case 'job':
      case 'key-rotated':
      case 'key-waits':
        return;
    }
  }

  /** @param outcome scored, or why the film was skipped */
  film(outcome: string, took: FilmTime): void {
    this.#films.inc({ outcome });
    for (const part of ['decode', 'inference', 'total'] as const) this.#seconds.observe({ part }, took[part]);
  }

  /** In the text format of Prometheus. */
  async text(): Promise<{ readonly type: string; readonly body: string }> {
    this.#jobs.reset();
    for (const state of await this.state.jobStates()) this.#jobs.inc({ state });
    this.#outbox.set(await this.state.outboxPending());
    const disk = await statfs(this.state.dataDirectory).catch(() => undefined);
    if (disk) this.#disk.set(disk.bavail * disk.bsize);
    return { type: this.#registry.contentType, body: await this.#registry.metrics() };
  }

  #setLink(connected: boolean): void {
    this.#connected = connected;
    this.#link.set(connected ? 1 : 0);
  }

  #gauge(name: string, help: string, labelNames: string[] = []): Gauge {
    return new Gauge({ name: `sidemark_agent_${name}`, help, labelNames, registers: [this.#registry] });
  }

  #counter(name: string, help: string, labelNames: string[]): Counter {
    return new Counter({ name: `sidemark_agent_${name}`, help, labelNames, registers: [this.#registry] });
  }
}
