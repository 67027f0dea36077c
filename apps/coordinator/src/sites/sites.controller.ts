import { Body, Controller, Inject, Param } from '@nestjs/common';
import { ApproveSite, Id, InviteSite, type Kit, type Site } from '@sidemark/core/contract';
import type { z } from 'zod';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { InvitationsService } from './enrolment/invitations.service.ts';
import { SitesService } from './sites.service.ts';

@Controller()
export class SitesController {
  constructor(
    @Inject(SitesService) private readonly sites: SitesService,
    @Inject(InvitationsService) private readonly invitations: InvitationsService,
  ) {}

  @ApiRoute('inviteSite')
  invite(@Body(new ZodPipe(InviteSite)) body: z.infer<typeof InviteSite>): Promise<Kit> {
    return this.invitations.invite(body);
  }

  @ApiRoute('listSites')
  list(): Promise<Site[]> {
    return this.sites.list();
  }

  @ApiRoute('approveSite')
  approve(
    @Param('id', new ZodPipe(Id)) id: string,
    @Body(new ZodPipe(ApproveSite)) body: z.infer<typeof ApproveSite>,
  ): Promise<Site> {
    return this.sites.approve(id, body.words);
  }

  @ApiRoute('suspendSite')
  suspend(@Param('id', new ZodPipe(Id)) id: string): Promise<Site> {
    return this.sites.suspend(id);
  }

  @ApiRoute('resumeSite')
  resume(@Param('id', new ZodPipe(Id)) id: string): Promise<Site> {
    return this.sites.resume(id);
  }

  @ApiRoute('revokeSite')
  revoke(@Param('id', new ZodPipe(Id)) id: string): Promise<Site> {
    return this.sites.revoke(id);
  }
}
