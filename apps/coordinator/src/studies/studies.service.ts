import { Inject, Injectable } from '@nestjs/common';
import type { CreateStudy, Study } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { z } from 'zod';
import { AuditService } from '../audit/audit.service.ts';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { Random } from '../platform/random.ts';
import { addStudy, allStudies, findStudy } from './studies.repository.ts';

@Injectable()
export class StudiesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) private readonly random: Random,
  ) {}

  /** @throws DomainError `already-exists` for a name that is taken. */
  create(input: z.infer<typeof CreateStudy>): Promise<Study> {
    return this.database.transaction(async (tx) => {
      const study = await addStudy(tx, { ...input, id: this.random.uuid(), createdAt: this.clock.now() });
      const details = { name: study.name };
      await this.audit.append(tx, {
        actor: 'administrator',
        action: 'study.created',
        subject: study.id,
        details,
      });
      return study;
    });
  }

  list(): Promise<Study[]> {
    return this.database.read(allStudies);
  }

  /** The study, if work may begin in it. @throws DomainError `not-found`, `state-conflict` */
  async requireOpen(id: string, tx?: Tx): Promise<Study> {
    const find = (on: Tx): Promise<Study | undefined> => findStudy(on, id);
    const study = await (tx === undefined ? this.database.read(find) : find(tx));
    if (study === undefined) throw new DomainError('not-found', { what: 'study', id });
    if (study.state !== 'open')
      throw new DomainError('state-conflict', { what: 'study', state: study.state });
    return study;
  }
}
