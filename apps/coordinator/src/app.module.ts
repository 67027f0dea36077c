// What the coordinator consists of.
import { type DynamicModule, Module } from '@nestjs/common';
import { AccountsModule } from './accounts/accounts.module.ts';
import { AnalysisModule } from './analysis/analysis.module.ts';
import { AuditModule } from './audit/audit.module.ts';
import { AuthModule } from './auth/auth.module.ts';
import { ChannelModule } from './channel/channel.module.ts';
import type { Config } from './config.ts';
import { EvidenceModule } from './evidence/evidence.module.ts';
import { KeysModule } from './keys/keys.module.ts';
import { MetricsModule } from './metrics/metrics.module.ts';
import { ModelsModule } from './models/models.module.ts';
import type { DatabaseServer } from './platform/database/database-server.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { ProtocolsModule } from './protocols/protocols.module.ts';
import { ReportsModule } from './reports/reports.module.ts';
import { RunsModule } from './runs/runs.module.ts';
import { SitesModule } from './sites/sites.module.ts';
import { StudiesModule } from './studies/studies.module.ts';

@Module({
  imports: [
    ...[AuditModule, AuthModule, AccountsModule, StudiesModule, SitesModule, ChannelModule],
    ...[ModelsModule, ProtocolsModule, RunsModule, ReportsModule, AnalysisModule],
    ...[EvidenceModule, KeysModule, MetricsModule],
  ],
})
export class AppModule {
  static with(config: Config, server: DatabaseServer): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.with(config, server)] };
  }
}
