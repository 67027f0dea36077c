// What the coordinator consists of.
import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.ts';
import { AuthModule } from './auth/auth.module.ts';
import { ChannelModule } from './channel/channel.module.ts';
import type { Config } from './config.ts';
import { PlatformModule } from './platform/platform.module.ts';
import { SitesModule } from './sites/sites.module.ts';
import { StudiesModule } from './studies/studies.module.ts';

@Module({ imports: [AuditModule, AuthModule, StudiesModule, SitesModule, ChannelModule] })
export class AppModule {
  static with(config: Config): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.with(config)] };
  }
}
