import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { AuthModule } from '../auth/auth.module.ts';
import { PresenceModule } from '../channel/presence.module.ts';
import { ReportsModule } from '../reports/reports.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { DelegationService } from './delegation.service.ts';
import { KeysController } from './keys.controller.ts';
import { KeysService } from './keys.service.ts';

@Module({
  imports: [AuditModule, AuthModule, PresenceModule, ReportsModule, SitesModule],
  controllers: [KeysController],
  providers: [KeysService, DelegationService],
})
export class KeysModule {}
