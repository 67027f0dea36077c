import { Module } from '@nestjs/common';
import { AuthModule } from '../auth/auth.module.ts';
import { SitesModule } from '../sites/sites.module.ts';
import { AdmissionService } from './admission.service.ts';
import { ChannelService } from './channel.service.ts';
import { PresenceModule } from './presence.module.ts';
import { SiteGateway } from './site.gateway.ts';

@Module({
  imports: [AuthModule, SitesModule, PresenceModule],
  providers: [AdmissionService, ChannelService, SiteGateway],
  exports: [ChannelService],
})
export class ChannelModule {}
