// Runs as people see them: the database's state, with the progress that the sites have told.
import { Inject, Injectable } from '@nestjs/common';
import type { Run } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { Database } from '../platform/database/database.ts';
import { ProgressBoard } from './jobs/progress-board.ts';
import { findRun, listRuns } from './runs.repository.ts';

@Injectable()
export class RunsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ProgressBoard) private readonly board: ProgressBoard,
  ) {}

  async list(): Promise<Run[]> {
    const runs = await this.database.read(listRuns);
    return runs.map((run) => this.board.shownOnRun(run));
  }

  /** @throws DomainError `not-found` */
  async show(id: string): Promise<Run> {
    const run = await this.database.read((tx) => findRun(tx, id));
    if (run === undefined) throw new DomainError('not-found', { what: 'run', id });
    return this.board.shownOnRun(run);
  }
}
