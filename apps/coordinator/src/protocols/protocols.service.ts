// Protocol versions: frozen under the release key, fetched by the sites that work by them.
import { Inject, Injectable } from '@nestjs/common';
import { payloadTypes, type Protocol, type SignedProtocol } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { AuditService } from '../audit/audit.service.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { KeysStore } from '../platform/keys/keys.store.ts';
import { moveProtocol } from './protocol-state.ts';
import {
  findProtocol,
  findProtocolOfSite,
  listProtocols,
  lockProtocol,
  setFrozen,
} from './protocols.repository.ts';

@Injectable()
export class ProtocolsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  list(study: string): Promise<Protocol[]> {
    return this.database.read((tx) => listProtocols(tx, study));
  }

  /** Signs the document; from here it never changes. @throws DomainError `not-found`, `state-conflict`, `release-key-offline` */
  async freeze(id: string): Promise<Protocol> {
    return this.database.transaction(async (tx) => {
      await lockProtocol(tx, id);
      const { state, document } = await this.byId(tx, id);
      const frozen = moveProtocol(state, 'freeze');
      const envelope = await this.keys.signAsRelease(payloadTypes.protocol, document);
      const protocol = await setFrozen(tx, id, frozen, envelope);
      const { name, version, digest } = protocol;
      const details = { name, version, digest };
      await this.audit.append(tx, {
        actor: 'administrator',
        action: 'protocol.frozen',
        subject: id,
        details,
      });
      return protocol;
    });
  }

  /** @throws DomainError `not-found`, also for a protocol that no job of the site names */
  async ofSite(siteId: string, digest: string): Promise<SignedProtocol> {
    const signed = await this.database.read((tx) => findProtocolOfSite(tx, siteId, digest));
    if (signed === undefined) throw new DomainError('not-found', { protocol: digest });
    return signed;
  }

  /** @throws DomainError `not-found` */
  show(id: string): Promise<Protocol> {
    return this.database.read((tx) => this.byId(tx, id));
  }

  /** @throws DomainError `not-found` */
  async byId(tx: Tx, id: string): Promise<Protocol> {
    const protocol = await findProtocol(tx, id);
    if (protocol === undefined) throw new DomainError('not-found', { protocol: id });
    return protocol;
  }
}
