import { Module } from '@nestjs/common';
import { APP_INTERCEPTOR } from '@nestjs/core';
import { AuditModule } from '../audit/audit.module.ts';
import { AuthModule } from '../auth/auth.module.ts';
import { PresenceModule } from '../channel/presence.module.ts';
import { StudiesModule } from '../studies/studies.module.ts';
import { EnrolmentController } from './enrolment/enrolment.controller.ts';
import { EnrolmentDesk } from './enrolment/enrolment-desk.ts';
import { EnrolmentService } from './enrolment/enrolment.service.ts';
import { HelloService } from './enrolment/hello.service.ts';
import { InvitationsService } from './enrolment/invitations.service.ts';
import { KitPress } from './enrolment/kit-press.ts';
import { SiteKeysService } from './keys/site-keys.service.ts';
import { NeutralNamesInterceptor } from './neutral-names/neutral-names.interceptor.ts';
import { SitesController } from './sites.controller.ts';
import { SitesService } from './sites.service.ts';

@Module({
  imports: [AuditModule, AuthModule, PresenceModule, StudiesModule],
  controllers: [SitesController, EnrolmentController],
  providers: [
    SitesService,
    InvitationsService,
    EnrolmentService,
    HelloService,
    EnrolmentDesk,
    KitPress,
    SiteKeysService,
    { provide: APP_INTERCEPTOR, useClass: NeutralNamesInterceptor },
  ],
  exports: [SitesService, HelloService, SiteKeysService],
})
export class SitesModule {}
