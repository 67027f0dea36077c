import { Module } from '@nestjs/common';
import { AuditModule } from '../audit/audit.module.ts';
import { AuthModule } from '../auth/auth.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { AdmissionService } from './admission.service.ts';
import { ChannelService } from './channel.service.ts';
import { PresenceModule } from './presence.module.ts';
import { RivalsService } from './rivals.service.ts';
import { SiteGateway } from './site.gateway.ts';

@Module({
  imports: [AuditModule, AuthModule, SitesModule, PresenceModule],
  providers: [AdmissionService, ChannelService, RivalsService, SiteGateway],
  exports: [ChannelService],
})
export class ChannelModule {}
