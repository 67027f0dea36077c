import { Body, Controller, Inject, Param } from '@nestjs/common';
import { Id, type Protocol, ProtocolDraft, Sha256, type SignedProtocol } from '@sidemark/core/contract';
import { FromSite, type SiteIdentity } from '../auth/site-identity.ts';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { DraftsService } from './drafts.service.ts';
import { ProtocolsService } from './protocols.service.ts';

@Controller()
export class ProtocolsController {
  constructor(
    @Inject(ProtocolsService) private readonly protocols: ProtocolsService,
    @Inject(DraftsService) private readonly drafts: DraftsService,
  ) {}

  @ApiRoute('draftProtocol')
  draft(
    @Param('id', new ZodPipe(Id)) study: string,
    @Body(new ZodPipe(ProtocolDraft)) draft: ProtocolDraft,
  ): Promise<Protocol> {
    return this.drafts.draft(study, draft);
  }

  @ApiRoute('listProtocols')
  list(@Param('id', new ZodPipe(Id)) study: string): Promise<Protocol[]> {
    return this.protocols.list(study);
  }

  @ApiRoute('freezeProtocol')
  freeze(@Param('id', new ZodPipe(Id)) id: string): Promise<Protocol> {
    return this.protocols.freeze(id);
  }

  @ApiRoute('siteProtocol')
  ofSite(
    @FromSite() { siteId }: SiteIdentity,
    @Param('digest', new ZodPipe(Sha256)) digest: string,
  ): Promise<SignedProtocol> {
    return this.protocols.ofSite(siteId, digest);
  }
}
