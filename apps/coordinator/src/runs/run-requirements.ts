// What must be there before a run can start.
import { Inject, Injectable } from '@nestjs/common';
import type { Protocol, Site } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { Tx } from '../platform/database/database.ts';
import { ProtocolsService } from '../protocols/protocols.service.ts';
import { SitesService } from '../sites/sites.service.ts';
import { StudiesService } from '../studies/studies.service.ts';

@Injectable()
export class RunRequirements {
  constructor(
    @Inject(ProtocolsService) private readonly protocols: ProtocolsService,
    @Inject(StudiesService) private readonly studies: StudiesService,
    @Inject(SitesService) private readonly sites: SitesService,
  ) {}

  /** @throws DomainError `not-found`, `state-conflict` (protocol not frozen, study closed, no approved site) */
  async met(tx: Tx, protocolId: string): Promise<{ protocol: Protocol; sites: Site[] }> {
    const protocol = await this.protocols.byId(tx, protocolId);
    const { state } = protocol;
    if (state !== 'frozen')
      throw new DomainError('state-conflict', { what: 'protocol', state, possibleIn: 'frozen' });
    await this.studies.requireOpen(protocol.study, tx);
    const sites = await this.sites.listApproved(protocol.study, tx);
    if (sites.length === 0) {
      throw new DomainError('state-conflict', {
        what: 'study',
        reason: 'no site of the study is approved yet',
      });
    }
    return { protocol, sites };
  }
}
