import { Module } from '@nestjs/common';
import { PresenceModule } from '../channel/presence.module.ts';
import { RunsModule } from '../runs/runs.module.ts';
import { MetricsService } from './metrics.service.ts';

@Module({ imports: [PresenceModule, RunsModule], providers: [MetricsService] })
export class MetricsModule {}
