import { Body, Controller, Inject, Param } from '@nestjs/common';
import { type Envelope, Id, type SiteQualification } from '@sidemark/core/contract';
import { FromSite, type SiteIdentity } from '../../auth/site-identity.ts';
import { ApiRoute } from '../../platform/http/api-route.ts';
import { ZodPipe } from '../../platform/http/zod.pipe.ts';
import { QualificationAcceptanceService } from './qualification-acceptance.service.ts';
import { QualificationsService } from './qualifications.service.ts';

@Controller()
export class QualificationsController {
  constructor(
    @Inject(QualificationsService) private readonly qualifications: QualificationsService,
    @Inject(QualificationAcceptanceService) private readonly acceptance: QualificationAcceptanceService,
  ) {}

  @ApiRoute('siteQualification')
  submit(@FromSite() { siteId }: SiteIdentity, @Body() envelope: unknown): Promise<Envelope> {
    return this.acceptance.submit(siteId, envelope);
  }

  @ApiRoute('listQualifications')
  list(@Param('id', new ZodPipe(Id)) run: string): Promise<SiteQualification[]> {
    return this.qualifications.list(run);
  }
}
