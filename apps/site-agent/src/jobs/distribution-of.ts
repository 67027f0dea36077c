// Where this site stands among the others. Asked only once the receipt of its own report is here: nobody should know the
// others before their own figures are fixed.
import type { RunDistribution } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { EgressGate } from '../egress/gate.ts';
import type { CoordinatorClient } from '../link/coordinator.client.ts';
import type { JobsStore } from './jobs.store.ts';

export interface DistributionRooms {
  readonly jobs: JobsStore;
  readonly gate: EgressGate;
  readonly client: CoordinatorClient;
}

/** @throws DomainError `job-unknown`, `distribution-not-ready`, `coordinator-unreachable` */
export async function distributionOf(
  job: string,
  { jobs, gate, client }: DistributionRooms,
): Promise<RunDistribution> {
  const { state } = await jobs.get(job);
  if (state !== 'reported')
    throw new DomainError('distribution-not-ready', { reason: 'this site has no receipt for the job' });
  client.assertReady();
  return client.call('siteDistribution', gate.distributionRequest(job));
}
