// The numbers for Prometheus: counted as things happen, and read from the tables when somebody asks.
import { statfs } from 'node:fs/promises';
import { Inject, Injectable } from '@nestjs/common';
import { contractVersion } from '@sidemark/core/contract';
import { Presence } from '../channel/presence.ts';
import { type Config, CONFIG } from '../config.ts';
import { Database } from '../platform/database/database.ts';
import { coordinatorVersion } from '../platform/version.ts';
import { ProgressBoard } from '../runs/jobs/progress-board.ts';
import { Instruments } from './instruments.ts';
import { recordCounts } from './metrics.repository.ts';

export interface AnsweredRequest {
  readonly method: string;
  /** path of the contract's route, with `:id` for an id; undefined: no route was found */
  readonly route: string | undefined;
  readonly status: number;
  readonly seconds: number;
  /** of the refusal */
  readonly code: string | undefined;
}

/** Routes by which statements of sites come in. */
const statementKinds: Readonly<Record<string, string>> = {
  '/api/site/reports': 'report',
  '/api/site/qualifications': 'qualification',
  '/api/reports/import': 'carried',
};

@Injectable()
export class MetricsService {
  private readonly instruments = new Instruments();

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(ProgressBoard) private readonly board: ProgressBoard,
  ) {
    this.instruments.build.set({ version: coordinatorVersion, contract: String(contractVersion) }, 1);
  }

  answered({ method, route = 'none', status, seconds, code }: AnsweredRequest): void {
    this.instruments.requests.observe({ method, route, status: String(status) }, seconds);
    const kind = statementKinds[route];
    if (kind === undefined || method !== 'POST') return;
    this.instruments.statements.inc({ kind, outcome: status < 400 ? 'accepted' : (code ?? 'unknown') });
  }

  /** In the text format of Prometheus. Without its database the coordinator still says what it knows. */
  async text(): Promise<{ readonly type: string; readonly body: string }> {
    const { registry, connected, films } = this.instruments;
    connected.set(this.presence.count);
    const { done, total } = this.board.films();
    films.set({ part: 'done' }, done);
    films.set({ part: 'total' }, total);
    await this.readTables();
    await this.readDisk();
    return { type: registry.contentType, body: await registry.metrics() };
  }

  private async readTables(): Promise<void> {
    const { sites, runs, jobs, reports, auditEntries, databaseUp, databaseSlots } = this.instruments;
    for (const [state, count] of Object.entries(this.database.load)) databaseSlots.set({ state }, count);
    const counts = await this.database.read(recordCounts).catch(() => undefined);
    databaseUp.set(counts === undefined ? 0 : 1);
    for (const [gauge, of] of [
      [sites, counts?.sites],
      [runs, counts?.runs],
      [jobs, counts?.jobs],
      [reports, counts?.reports],
    ] as const) {
      gauge.reset();
      for (const [state, count] of Object.entries(of ?? {})) gauge.set({ state }, count);
    }
    if (counts !== undefined) auditEntries.set(counts.auditEntries);
  }

  private async readDisk(): Promise<void> {
    const disk = await statfs(this.config.dataDir).catch(() => undefined);
    if (disk) this.instruments.diskFree.set(disk.bavail * disk.bsize);
  }
}
