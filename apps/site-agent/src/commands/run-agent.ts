// The life of a running agent: the link, the jobs and the outbox side by side, until it is told to stop.
import type { INestApplicationContext } from '@nestjs/common';
import { EgressGate } from '../egress/gate.ts';
import { KeyRotation } from '../identity/key-rotation.ts';
import { Site } from '../identity/site.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import { assertSecureAddress } from '../link/address.ts';
import { LinkSession } from '../link/link.session.ts';
import { OutboxService, type OutboxListener } from '../outbox/outbox.service.ts';
import { AgentWorld } from '../platform/agent-world.ts';
import { causeOf } from '../platform/log.ts';
import { Retention } from '../retention/retention.service.ts';

const presenceMs = 60_000;

/** Resolves when the signal is given and everything has come to rest. @throws DomainError `insecure-address` */
export async function runAgent(agent: INestApplicationContext, signal: AbortSignal): Promise<void> {
  const [link, jobs, outbox, world] = [
    agent.get(LinkSession),
    agent.get(JobsService),
    agent.get(OutboxService),
    agent.get(AgentWorld),
  ];
  const { coordinator, allowHttp } = agent.get(Site).enrolment;
  assertSecureAddress(coordinator, allowHttp || world.config.allowHttp);
  const retention = agent.get(Retention);
  const listener: OutboxListener = {
    reported: (item, receipt) => jobs.reported(item, receipt).then(() => retention.wake()),
    parked: (item, error) => jobs.parked(item, error),
  };
  const wake = (): void => {
    jobs.wake();
    outbox.wake();
  };
  await Promise.all([
    link.run(signal, { ready: wake, offer: (offer) => jobs.offer(offer), cancel: (job) => jobs.cancel(job) }),
    jobs.run(signal, () => {
      outbox.wake();
      retention.wake();
    }),
    outbox.run(signal, listener),
    agent.get(KeyRotation).run(signal),
    retention.run(signal),
    writePresence(agent.get(EgressGate), world, signal),
  ]);
}

/** The ledger gets the sums of presence and progress every minute; the end of a connection writes the rest. */
async function writePresence(
  gate: EgressGate,
  { clock, log }: AgentWorld,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    await clock.sleep(presenceMs, signal);
    await gate
      .flushPresence()
      .catch((cause: unknown) => log.warn('ledger not written', { cause: causeOf(cause) }));
  }
}
