// The world, once: settings, clock, chance, database, keys. Global, so that features need not import it.
import {
  Global,
  Inject,
  Module,
  type DynamicModule,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { type Config, CONFIG } from '../config.ts';
import { Clock } from './clock.ts';
import { Database } from './database/database.ts';
import { DatabaseServer } from './database/database-server.ts';
import { HealthController } from './http/health.controller.ts';
import { KeysStore } from './keys/keys.store.ts';
import { ProblemFilter } from './http/problem.filter.ts';
import { PublicAddress } from './http/public-address.ts';
import { Random } from './random.ts';

@Global()
@Module({ controllers: [HealthController] })
export class PlatformModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(DatabaseServer) private readonly server: DatabaseServer,
    @Inject(Database) private readonly database: Database,
    @Inject(KeysStore) private readonly keys: KeysStore,
  ) {}

  static with(config: Config, server: DatabaseServer): DynamicModule {
    const shared = [Clock, Random, PublicAddress, KeysStore, ProblemFilter];
    return {
      module: PlatformModule,
      providers: [
        ...shared,
        { provide: CONFIG, useValue: config },
        { provide: DatabaseServer, useValue: server },
        { provide: Database, useFactory: () => new Database(server.url, () => server.revive()) },
        { provide: APP_FILTER, useExisting: ProblemFilter },
      ],
      exports: [...shared, CONFIG, Database, DatabaseServer],
    };
  }

  async onModuleInit(): Promise<void> {
    await this.keys.open();
  }

  /** After the doors are closed: requests in flight still had their database. */
  async onApplicationShutdown(): Promise<void> {
    await this.database.close();
    await this.server.close();
  }
}
