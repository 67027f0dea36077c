// The protocol of a job: from its folder, or from the coordinator once, checked each time it is read.
import type { ProtocolDocument } from '@sidemark/core/contract';
import type { EgressGate } from '../../egress/gate.ts';
import type { CoordinatorTrust } from '../../identity/coordinator-trust.ts';
import type { CoordinatorClient } from '../../link/coordinator.client.ts';
import type { JobRecord } from '../job-record.ts';
import type { JobsStore } from '../jobs.store.ts';
import { openProtocol } from './protocol-check.ts';

export class ProtocolFetcher {
  constructor(
    private readonly client: CoordinatorClient,
    private readonly gate: EgressGate,
    private readonly trust: CoordinatorTrust,
    private readonly store: JobsStore,
  ) {}

  /** @throws DomainError `protocol-invalid`, `coordinator-unreachable` */
  async protocolOf(record: JobRecord, signal: AbortSignal): Promise<ProtocolDocument> {
    const kept = await this.store.protocol(record.job);
    if (kept !== undefined) return openProtocol(kept, record, this.trust);
    this.client.assertReady();
    const request = this.gate.request('siteProtocol', record.protocolDigest);
    const { envelope } = await this.client.call('siteProtocol', request, signal);
    const document = openProtocol(envelope, record, this.trust);
    await this.store.saveProtocol(record.job, envelope);
    return document;
  }
}
