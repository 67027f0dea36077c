// What the coordinator consists of.
import { type DynamicModule, Module } from '@nestjs/common';
import { AuditModule } from './audit/audit.module.ts';
import { AuthModule } from './auth/auth.module.ts';
import type { Config } from './config.ts';
import { PlatformModule } from './platform/platform.module.ts';

@Module({})
export class AppModule {
  static with(config: Config): DynamicModule {
    return { module: AppModule, imports: [PlatformModule.with(config), AuditModule, AuthModule] };
  }
}
