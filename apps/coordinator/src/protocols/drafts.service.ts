// Drafting a protocol version: the study is open, the models are found, nothing contradicts, the number is the next.
import { Inject, Injectable } from '@nestjs/common';
import type { Protocol, ProtocolDraft } from '@sidemark/core/contract';
import { digestOf } from '@sidemark/core/signing';
import { AuditService } from '../audit/audit.service.ts';
import { ModelsService } from '../models/models.service.ts';
import { PacksService } from '../models/packs/packs.service.ts';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { Random } from '../platform/random.ts';
import { StudiesService } from '../studies/studies.service.ts';
import { composeProtocol, type DraftModels } from './compose-protocol.ts';
import { qualifiedBy } from './qualified-by.ts';
import { addProtocol, nextVersion } from './protocols.repository.ts';

@Injectable()
export class DraftsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(StudiesService) private readonly studies: StudiesService,
    @Inject(ModelsService) private readonly models: ModelsService,
    @Inject(PacksService) private readonly packs: PacksService,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) private readonly random: Random,
  ) {}

  /** @throws DomainError `not-found`, `state-conflict` (study closed) and the refusals of `composeProtocol` */
  async draft(study: string, draft: ProtocolDraft): Promise<Protocol> {
    return this.database.transaction(async (tx) => {
      await this.studies.requireOpen(study, tx);
      const models = await this.modelsOf(tx, draft);
      const version = await nextVersion(tx, study, draft.name);
      const composed = composeProtocol(draft, models, { study, version });
      const pack = draft.qualification && (await this.packs.byDigest(tx, draft.qualification));
      const document = pack ? qualifiedBy(composed, pack.pack) : composed;
      const identity = { id: this.random.uuid(), digest: digestOf(document), createdAt: this.clock.now() };
      const protocol = await addProtocol(tx, { ...identity, document });
      const { id, name, digest } = protocol;
      const details = { name, version, digest };
      await this.audit.append(tx, {
        actor: 'administrator',
        action: 'protocol.drafted',
        subject: id,
        details,
      });
      return protocol;
    });
  }

  private async modelsOf(tx: Tx, draft: ProtocolDraft): Promise<DraftModels> {
    const [detector, inpainter] = [
      await this.models.resolve(tx, draft.detector),
      await this.models.resolve(tx, draft.inpainter),
    ];
    const classifiers = [];
    for (const { model } of draft.classifiers) classifiers.push(await this.models.resolve(tx, model));
    return { detector, inpainter, classifiers };
  }
}
