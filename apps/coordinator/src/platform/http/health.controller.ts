import { Controller, Inject } from '@nestjs/common';
import { contractVersion, type Health } from '@sidemark/core/contract';
import { ApiRoute } from './api-route.ts';
import { Database } from '../database/database.ts';
import { coordinatorVersion } from '../version.ts';

@Controller()
export class HealthController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @ApiRoute('health')
  async health(): Promise<Health> {
    const isUp = await this.database.isUp();
    const version = coordinatorVersion;
    return {
      status: isUp ? 'ok' : 'degraded',
      contract: contractVersion,
      version,
      database: isUp ? 'up' : 'down',
    };
  }
}
