// What the console can be asked, in the order of its pages; and the decisions of a person, each behind the passphrase of
// the site key where something may begin or leave, or is undone.
import type {
  ConsoleDatasets,
  ConsoleDecision,
  ConsoleJobPage,
  ConsoleLedger,
  ConsoleLog,
  ConsoleOverview,
  ConsolePayload,
  ConsolePictures,
  ConsoleVerb,
  HealthFindings,
  RunDistribution,
} from '@sidemark/core/contract';
import { examineSite } from '../doctor/examine-site.ts';
import type { Asking } from '../doctor/network.ts';
import type { EgressGate } from '../egress/gate.ts';
import type { LedgerStore } from '../egress/ledger.store.ts';
import { findKeyFace } from '../identity/key.store.ts';
import type { Site } from '../identity/site.ts';
import { decideJob } from '../jobs/decide-job.ts';
import { distributionOf } from '../jobs/distribution-of.ts';
import type { CoordinatorClient } from '../link/coordinator.client.ts';
import type { JobsStore } from '../jobs/jobs.store.ts';
import type { ModelStore } from '../models/model.store.ts';
import type { OutboxStore } from '../outbox/outbox.store.ts';
import type { AgentWorld } from '../platform/agent-world.ts';
import { instant, type Clock } from '../platform/clock.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import { agentVersion } from '../platform/versions.ts';
import type { PolicyStore } from '../policy/policy.store.ts';
import type { ConsoleFeed } from './console-feed.ts';
import type { DatasetChecks } from './dataset-checks.ts';
import type { PassphraseGate } from './passphrase-gate.ts';
import type { PictureRoom } from './picture-room.ts';
import { ledgerView, sentPayload, waitingPayload } from './views/egress.view.ts';
import { jobList, jobPage } from './views/job.view.ts';
import { policyView } from './views/policy-words.ts';

/** To stop or to hold asks for nothing: whoever sees something wrong must not look for a passphrase first. */
const behindPassphrase: readonly ConsoleVerb[] = ['approve', 'release', 'withdraw'];

export interface ConsoleWorld {
  readonly world: AgentWorld;
  readonly directory: DataDirectory;
  readonly clock: Clock;
  readonly site: Site;
  readonly jobs: JobsStore;
  readonly models: ModelStore;
  readonly policies: PolicyStore;
  readonly ledger: LedgerStore;
  readonly outbox: OutboxStore;
  readonly feed: ConsoleFeed;
  readonly datasets: DatasetChecks;
  readonly pictures: PictureRoom;
  readonly passphrase: PassphraseGate;
  readonly asking: Asking;
  readonly gate: EgressGate;
  readonly client: CoordinatorClient;
  /** a decision is on the disk: the agent need not wait for its next look */
  readonly wake: () => void;
}

export class ConsoleService {
  readonly #rooms: ConsoleWorld;

  constructor(rooms: ConsoleWorld) {
    this.#rooms = rooms;
  }

  async overview(): Promise<ConsoleOverview> {
    const { site, feed, directory, policies, ledger, outbox } = this.#rooms;
    const { enrolment, signer } = site;
    const { lines } = await ledger.lines();
    const last = lines.at(-1) ?? '';
    return {
      agentVersion,
      startedAt: feed.startedAt,
      site: {
        ...{ name: enrolment.siteName, site: enrolment.site, study: enrolment.study },
        coordinator: enrolment.coordinator,
      },
      key: {
        keyId: signer.keyId,
        words: enrolment.words,
        locked: (await findKeyFace(directory.siteKey))?.locked === true,
      },
      link: feed.link,
      policy: policyView(await policies.read()),
      jobs: await jobList(this.#rooms),
      egress: {
        entries: lines.length,
        waiting: (await outbox.pending()).length,
        lastAt: /"at":"([^"]+)"/.exec(last)?.[1] ?? null,
      },
    };
  }

  job(job: string): Promise<ConsoleJobPage> {
    return jobPage(job, this.#rooms);
  }

  /** @throws DomainError `job-unknown`, `state-conflict`, `report-sent`, and those of the passphrase */
  async decide(job: string, { verb, passphrase }: ConsoleDecision): Promise<ConsoleJobPage> {
    const { jobs, clock } = this.#rooms;
    await jobs.get(job);
    if (behindPassphrase.includes(verb)) await this.#rooms.passphrase.require(passphrase);
    await decideJob(this.#rooms, job, verb, instant(clock.now()));
    this.#rooms.wake();
    return this.job(job);
  }

  /**
   * Where this site stands among the others, once its own report was received.
   * @throws DomainError `distribution-not-ready`, `coordinator-unreachable`, `job-unknown`
   */
  distribution(job: string): Promise<RunDistribution> {
    return distributionOf(job, this.#rooms);
  }

  pictures(job: string): Promise<ConsolePictures> {
    return this.#rooms.pictures.of(job);
  }

  draw(job: string, rows: readonly number[]): Promise<ConsolePictures> {
    return this.#rooms.pictures.draw(job, rows);
  }

  picture(job: string, file: string): Promise<Uint8Array> {
    return this.#rooms.pictures.read(job, file);
  }

  egress(): Promise<ConsoleLedger> {
    return ledgerView(this.#egress);
  }

  left(sequence: string): Promise<ConsolePayload> {
    return sentPayload(sequence, this.#egress);
  }

  waiting(sequence: string): Promise<ConsolePayload> {
    return waitingPayload(sequence, this.#egress);
  }

  datasets(): Promise<ConsoleDatasets> {
    return this.#rooms.datasets.list();
  }

  checkDataset(study: string): Promise<ConsoleDatasets> {
    return this.#rooms.datasets.begin(study);
  }

  log(): Promise<ConsoleLog> {
    return Promise.resolve({ lines: [...this.#rooms.feed.lines] });
  }

  async doctor(): Promise<HealthFindings> {
    const { world, clock, asking } = this.#rooms;
    return { at: instant(clock.now()), findings: await examineSite(world, asking) };
  }

  get #egress(): ConsoleWorld & { coordinator: string } {
    return { ...this.#rooms, coordinator: this.#rooms.site.enrolment.coordinator };
  }
}
