// The running agent: which part is made from which. The classes are plain; Nest makes each once, in order.
import { Module, type DynamicModule, type Provider } from '@nestjs/common';
import { loadDataset } from './dataset/dataset.store.ts';
import { verifyDataset } from './dataset/dataset-digest.ts';
import { EgressGate } from './egress/gate.ts';
import { LedgerStore } from './egress/ledger.store.ts';
import { KeyRotation } from './identity/key-rotation.ts';
import { loadOrMakeSiteSecret } from './identity/key.store.ts';
import { loadSite, Site } from './identity/site.ts';
import { checkCanaries } from './inference/check-canaries.ts';
import { onnxruntimeVersion } from './inference/runtime-version.ts';
import { EvaluationRooms } from './jobs/work/evaluation-rooms.ts';
import { JobIntake } from './jobs/intake/job-intake.ts';
import { JobNotices } from './jobs/job-notices.ts';
import { JobRegister } from './jobs/job-register.ts';
import { JobWork } from './jobs/work/job-work.ts';
import { JobsService } from './jobs/jobs.service.ts';
import { JobsStore } from './jobs/jobs.store.ts';
import { ProtocolFetcher } from './jobs/intake/protocol.fetcher.ts';
import { CoordinatorClient } from './link/coordinator.client.ts';
import { LinkSession } from './link/link.session.ts';
import { openOutbound, Outbound } from './link/outbound.ts';
import { ModelFetcher } from './models/model.fetcher.ts';
import { ModelStore } from './models/model.store.ts';
import { OutboxService } from './outbox/outbox.service.ts';
import { OutboxStore } from './outbox/outbox.store.ts';
import { answerPack } from './pipeline/pack/answer-pack.ts';
import { evaluateJob } from './pipeline/evaluate-job.ts';
import { AgentWorld } from './platform/agent-world.ts';
import { provide } from './platform/provider.ts';
import { describeRuntime } from './platform/versions.ts';
import { PolicyStore } from './policy/policy.store.ts';
import { PackRoom } from './qualification/pack.room.ts';
import { Retention } from './retention/retention.service.ts';

const realRooms: EvaluationRooms = {
  ...{ loadDataset, verifyDataset, checkCanaries },
  ...{ answerPack, evaluateJob },
};

const stores: Provider[] = [
  provide(Site, [AgentWorld], ({ directory, passphrase }) => loadSite(directory, passphrase)),
  provide(PolicyStore, [AgentWorld], ({ directory }) => new PolicyStore(directory.policy)),
  provide(LedgerStore, [AgentWorld], ({ directory }) => new LedgerStore(directory.ledger)),
  provide(ModelStore, [AgentWorld], ({ directory }) => new ModelStore(directory.models)),
  provide(OutboxStore, [AgentWorld], ({ directory }) => new OutboxStore(directory)),
  provide(JobsStore, [AgentWorld], ({ directory }) => new JobsStore(directory)),
];

const way: Provider[] = [
  provide(
    EgressGate,
    [Site, LedgerStore, PolicyStore, AgentWorld],
    (site, ledger, policies, { clock, log }) =>
      new EgressGate(site.enrolment.coordinator, ledger, policies, clock, log),
  ),
  provide(Outbound, [Site, AgentWorld], ({ enrolment }, { config }) =>
    openOutbound(config.network, enrolment.coordinator),
  ),
  provide(
    CoordinatorClient,
    [Site, Outbound],
    ({ enrolment }, outbound) => new CoordinatorClient(enrolment.coordinator, outbound),
  ),
  provide(
    LinkSession,
    [Site, EgressGate, CoordinatorClient, Outbound, AgentWorld],
    (site, gate, client, outbound, world) => new LinkSession({ ...world, site, gate, client, outbound }),
  ),
  provide(
    OutboxService,
    [Site, OutboxStore, EgressGate, CoordinatorClient, JobsStore, AgentWorld],
    (site, store, gate, client, jobs, world) =>
      new OutboxService({ ...world, site, store, gate, client, mayLeave: (item) => jobs.mayLeave(item) }),
  ),
  provide(
    ModelFetcher,
    [CoordinatorClient, EgressGate, Site, ModelStore],
    (client, gate, { trust }, store) => new ModelFetcher(client, gate, trust, store),
  ),
  provide(
    PackRoom,
    [CoordinatorClient, EgressGate, AgentWorld],
    (client, gate, { directory }) => new PackRoom(directory.packs, client, gate),
  ),
  provide(
    ProtocolFetcher,
    [CoordinatorClient, EgressGate, Site, JobsStore],
    (client, gate, { trust }, store) => new ProtocolFetcher(client, gate, trust, store),
  ),
];

const keys: Provider[] = [
  provide(
    KeyRotation,
    [Site, EgressGate, CoordinatorClient, AgentWorld],
    (site, gate, client, world) => new KeyRotation({ ...world, site, gate, client }),
  ),
];

const jobs: Provider[] = [
  provide(
    JobRegister,
    [JobsStore, AgentWorld],
    (store, { clock, narrator, log }) => new JobRegister(store, clock, narrator, log),
  ),
  provide(
    JobIntake,
    [Site, JobRegister, PolicyStore, ProtocolFetcher, OutboxService, AgentWorld],
    (site, register, policies, protocols, outbox, { clock }) =>
      new JobIntake({ site, register, policies, protocols, outbox, clock }),
  ),
  provide(
    JobNotices,
    [CoordinatorClient, EgressGate, JobsStore, AgentWorld],
    (client, gate, store, { clock, log }) => new JobNotices(client, gate, store, clock, log),
  ),
  provide(
    JobWork,
    [
      Site,
      EvaluationRooms,
      EgressGate,
      LinkSession,
      ProtocolFetcher,
      ModelFetcher,
      PackRoom,
      OutboxStore,
      JobsStore,
      AgentWorld,
    ],
    async (site, rooms, gate, link, protocols, models, packs, outbox, store, world) => {
      const { config, directory, random } = world;
      const siteSecret = await loadOrMakeSiteSecret(directory, random);
      const runtime = describeRuntime(onnxruntimeVersion);
      const here = { siteSecret, dataDirectory: directory.root, workers: config.workers, runtime };
      const stores = { models, packs, outbox, store };
      return new JobWork({ ...world, ...here, ...stores, site, rooms, gate, link, protocols });
    },
  ),
  provide(
    JobsService,
    [JobIntake, JobRegister, JobWork, JobNotices, AgentWorld],
    (intake, register, work, notices, world) =>
      new JobsService({ ...world, intake, register, work, notices }),
  ),
];

const housekeeping: Provider[] = [
  provide(
    Retention,
    [JobsStore, PolicyStore, AgentWorld],
    (jobs, policies, { clock, log }) => new Retention({ jobs, policies, clock, log }),
  ),
];

@Module({})
export class AppModule {
  /** @param rooms where data is read and models run; absent: the real ones. */
  static with(world: AgentWorld, rooms: EvaluationRooms = realRooms): DynamicModule {
    const given: Provider[] = [
      { provide: AgentWorld, useValue: world },
      { provide: EvaluationRooms, useValue: rooms },
    ];
    return { module: AppModule, providers: [...given, ...stores, ...way, ...keys, ...jobs, ...housekeeping] };
  }
}
