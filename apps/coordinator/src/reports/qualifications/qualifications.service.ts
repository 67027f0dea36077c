// What the sites of a run answered to its pack, and which of them may count.
import { Inject, Injectable } from '@nestjs/common';
import type { SiteQualification } from '@sidemark/core/contract';
import { Database } from '../../platform/database/database.ts';
import { RunsService } from '../../runs/runs.service.ts';
import { type KeptQualification, qualificationsOfRun } from './qualifications.repository.ts';

@Injectable()
export class QualificationsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RunsService) private readonly runs: RunsService,
  ) {}

  /** Every answer of the run, oldest first. @throws DomainError `not-found` */
  async list(runId: string): Promise<SiteQualification[]> {
    await this.runs.show(runId);
    return (await this.kept(runId)).map(({ judged }) => judged);
  }

  /** As they came, oldest first. */
  kept(runId: string): Promise<KeptQualification[]> {
    return this.database.read((tx) => qualificationsOfRun(tx, runId));
  }
}
