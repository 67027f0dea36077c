// The whole agent on a bench: enrolled with a coordinator on a socket, with rooms that a test can furnish.
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import type { Envelope, JobOffer } from '@sidemark/core/contract';
import type { SigningKey } from '@sidemark/core/signing';
import { AppModule } from '../app.module.ts';
import { runAgent } from '../commands/run-agent.ts';
import { ConsoleFeed } from '../console/console-feed.ts';
import { openConsole } from '../console/open-console.ts';
import { EgressGate } from '../egress/gate.ts';
import { LedgerStore } from '../egress/ledger.store.ts';
import { enrol } from '../enrolment/enrol.ts';
import { loadSiteKey, saveKey } from '../identity/key.store.ts';
import { loadSite } from '../identity/site.ts';
import { CoordinatorClient } from '../link/coordinator.client.ts';
import { SampleCoordinator } from '../link/coordinator.sample.ts';
import type { DisclosureFacts } from '../pipeline/result/disclosure/disclosure-facts.ts';
import { systemClock } from '../platform/clock.ts';
import { openDataDirectory, type DataDirectory } from '../platform/disk/data-directory.ts';
import { silentLog } from '../platform/log.ts';
import type { AgentEvent } from '../platform/narrator.ts';
import { systemRandom } from '../platform/random.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { decideJob } from './decide-job.ts';
import type { JobRecord, PersonVerb } from './job-record.ts';
import { JobsStore } from './jobs.store.ts';
import {
  datasetOf,
  factsApart,
  hurried,
  ids,
  kitFor,
  offerFor,
  onlineKey,
  resultOf,
} from './trial.sample.ts';
import type { EvaluationRooms } from './work/evaluation-rooms.ts';

export class AgentBench {
  coordinator!: SampleCoordinator;
  directory!: DataDirectory;
  rooms!: EvaluationRooms;
  classPatients: Record<string, number> = { '0': 12, '1': 12 };
  facts: DisclosureFacts = factsApart(23);
  /** locks the site key, and opens it; undefined: it lies there in clear */
  passphrase: string | undefined;
  /** true: the agent serves its console on a free port */
  withConsole = false;
  /** how often the films were evaluated */
  evaluations = 0;
  #keyId = '';
  #stop: AbortController | undefined;
  #running: Promise<void> | undefined;
  readonly #watchers = new Set<(event: AgentEvent) => void>();

  async open(): Promise<this> {
    this.coordinator = await new SampleCoordinator().start();
    this.directory = await openDataDirectory(join(await mkdtemp(join(tmpdir(), 'sidemark-')), 'data'));
    const { coordinator, directory } = this;
    const [ledger, policies] = [new LedgerStore(directory.ledger), new PolicyStore(directory.policy)];
    const gate = new EgressGate(coordinator.address, ledger, policies, systemClock, silentLog);
    const client = new CoordinatorClient(coordinator.address);
    const world = { directory, client, gate, clock: systemClock, random: systemRandom, allowHttp: false };
    await enrol(kitFor(coordinator.address), world);
    this.#keyId = (await loadSite(directory)).signer.keyId;
    if (this.passphrase !== undefined) await this.#lock(this.passphrase);
    await this.policy('default: auto-approve');
    this.rooms = {
      loadDataset: (_directory, study) => Promise.resolve(datasetOf(study, this.classPatients)),
      verifyDataset: () => Promise.resolve('d'.repeat(64)),
      checkCanaries: () => Promise.resolve(),
      answerPack: ({ films }) =>
        Promise.resolve(
          films.map(({ name }) => ({ kind: 'skipped' as const, film: name, reason: 'unreadable' as const })),
        ),
      evaluateJob: ({ onProgress }) => {
        this.evaluations += 1;
        onProgress({ imagesDone: 24, imagesTotal: 24, ratePerSecond: 4, etaSeconds: 0 });
        const result = resultOf({ positives: 12, negatives: 12 });
        return Promise.resolve({ result, facts: [this.facts] });
      },
    };
    return this;
  }

  async close(): Promise<void> {
    await this.halt();
    await this.coordinator.stop();
  }

  async policy(lines: string): Promise<void> {
    await writeFile(this.directory.policy, `schema: sidemark.policy/1\n${lines}\n`);
  }

  offerOf(change: Partial<JobOffer> = {}, key: SigningKey = onlineKey): Envelope {
    return offerFor(this.#keyId, change, key);
  }

  async start(): Promise<void> {
    const stop = (this.#stop = new AbortController());
    const tell = (event: AgentEvent): void => this.#watchers.forEach((watch) => watch(event));
    const feed = new ConsoleFeed(hurried);
    const config = { dataDirectory: this.directory.root, workers: 1, allowHttp: false, network: {} };
    const random = { ...systemRandom, fraction: () => 0 };
    const { directory, rooms, passphrase = '' } = this;
    const world = {
      ...{ config, directory, clock: hurried, random },
      ...{ log: feed.keep(silentLog), narrator: feed.overhear({ tell }) },
      passphrase: () => Promise.resolve(passphrase),
    };
    const agent = await NestFactory.createApplicationContext(AppModule.with(world, rooms), {
      logger: false,
      abortOnError: false,
    });
    const console = this.withConsole ? await openConsole(agent, 0, feed) : undefined;
    this.#running = runAgent(agent, stop.signal)
      .finally(() => console?.close())
      .finally(() => agent.close());
  }

  async #lock(passphrase: string): Promise<void> {
    const seed = (await loadSiteKey(this.directory)).secretKey.slice(0, 32);
    await saveKey(this.directory.siteKey, seed, passphrase, systemRandom);
  }

  async halt(): Promise<void> {
    this.#stop?.abort();
    await this.#running;
    this.#running = undefined;
  }

  /** Resolves with the first event from now on that fits. */
  seen(test: (event: AgentEvent) => boolean): Promise<AgentEvent> {
    return new Promise((resolve) => this.#watchers.add((event) => void (test(event) && resolve(event))));
  }

  jobIs(state: string): Promise<AgentEvent> {
    return this.seen((event) => event.event === 'job' && event.state === state);
  }

  receiptSeen(): Promise<AgentEvent> {
    return this.seen(({ event }) => event === 'receipt');
  }

  record(): Promise<JobRecord> {
    return new JobsStore(this.directory).get(ids.job);
  }

  decide(verb: PersonVerb): Promise<JobRecord> {
    const { directory } = this;
    const [jobs, outbox] = [new JobsStore(directory), new OutboxStore(directory)];
    const ledger = new LedgerStore(directory.ledger);
    return decideJob({ jobs, outbox, ledger }, ids.job, verb, new Date().toISOString());
  }
}

export async function until(test: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await test())) await systemClock.sleep(10);
}
