import { Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.ts';
import { AccessGuard } from './access.guard.ts';
import { AccountSessionsService } from './account-session/account-sessions.service.ts';
import { AdministratorsService } from './administrators.service.ts';
import { CallerLimits } from './caller-limits.ts';
import { OfficeGuard } from './office-guard.ts';
import { SessionService } from './session.service.ts';

@Module({
  imports: [AuditModule],
  providers: [
    AdministratorsService,
    AccountSessionsService,
    OfficeGuard,
    SessionService,
    CallerLimits,
    { provide: APP_GUARD, useClass: AccessGuard },
  ],
  exports: [AdministratorsService, AccountSessionsService, SessionService, CallerLimits],
})
export class AuthModule {}
