import { Controller, Inject, Param } from '@nestjs/common';
import { Id, type RunDistribution } from '@sidemark/core/contract';
import { FromSite, type SiteIdentity } from '../auth/site-identity.ts';
import { ApiRoute } from '../platform/http/api-route.ts';
import { ZodPipe } from '../platform/http/zod.pipe.ts';
import { DistributionService } from './distribution.service.ts';

@Controller()
export class DistributionController {
  constructor(@Inject(DistributionService) private readonly distribution: DistributionService) {}

  @ApiRoute('siteDistribution')
  ofJob(
    @FromSite() { siteId }: SiteIdentity,
    @Param('id', new ZodPipe(Id)) job: string,
  ): Promise<RunDistribution> {
    return this.distribution.forSite(siteId, job);
  }
}
