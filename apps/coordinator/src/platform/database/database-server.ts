// Which PostgreSQL: the one of DATABASE_URL, or an embedded one that lives and dies with the coordinator. Either way
// its tables are brought up to date before anyone asks.
import { chmod, mkdir } from 'node:fs/promises';
import { Logger } from '@nestjs/common';
import { applyMigrations } from '@sidemark/prisma/migrate';
import type { Config } from '../../config.ts';
import { databaseError } from './database-errors.ts';
import { PostgresCluster } from './postgres/cluster.ts';
import type { Random } from '../random.ts';
import { errorFields } from '../json-log.ts';

export class DatabaseServer {
  private reviving: Promise<void> | undefined;

  private constructor(
    readonly url: string,
    /** undefined: the server is someone else's */
    readonly cluster: PostgresCluster | undefined,
  ) {}

  /** @throws DomainError `database-unavailable`, or Error when the embedded server cannot be made or started. */
  static async open(this: void, config: Config, random: Random): Promise<DatabaseServer> {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    await chmod(config.dataDir, 0o700);
    const server =
      config.databaseUrl === undefined
        ? await DatabaseServer.embedded(config, random)
        : new DatabaseServer(config.databaseUrl, undefined);
    try {
      await applyMigrations(server.url);
    } catch (error) {
      await server.close();
      throw databaseError(error) ?? error;
    }
    return server;
  }

  /** Lets an embedded server that died come back; one attempt at a time, the next after the next failed query. */
  revive(): void {
    this.reviving ??= this.cluster
      ?.revive()
      .catch((error: unknown) =>
        new Logger('database').error({ event: 'not revived', ...errorFields(error) }),
      )
      .finally(() => (this.reviving = undefined));
  }

  async close(): Promise<void> {
    await this.reviving;
    await this.cluster?.stop();
  }

  private static async embedded(config: Config, random: Random): Promise<DatabaseServer> {
    const cluster = await PostgresCluster.prepare(config.dataDir, () => random.secret());
    await cluster.start();
    return new DatabaseServer(cluster.url, cluster);
  }
}
