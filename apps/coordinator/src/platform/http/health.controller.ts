import { Controller, Inject, Res } from '@nestjs/common';
import type { Response } from 'express';
import { type Alive, contractVersion, type Health } from '@sidemark/core/contract';
import { ApiRoute } from './api-route.ts';
import { Database } from '../database/database.ts';
import { coordinatorVersion } from '../version.ts';

@Controller()
export class HealthController {
  constructor(@Inject(Database) private readonly database: Database) {}

  @ApiRoute('health')
  async health(@Res({ passthrough: true }) response: Response): Promise<Health> {
    const isUp = await this.database.isUp();
    response.status(isUp ? 200 : 503);
    const version = coordinatorVersion;
    return {
      status: isUp ? 'ok' : 'degraded',
      contract: contractVersion,
      version,
      database: isUp ? 'up' : 'down',
    };
  }

  @ApiRoute('alive')
  alive(): Alive {
    return { status: 'alive', contract: contractVersion, version: coordinatorVersion };
  }
}
