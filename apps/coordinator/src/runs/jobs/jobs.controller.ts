import { Body, Controller, Inject, Param } from '@nestjs/common';
import { Id, type Job, JobStateChange } from '@sidemark/core/contract';
import { FromSite, type SiteIdentity } from '../../auth/site-identity.ts';
import { ApiRoute } from '../../platform/http/api-route.ts';
import { ZodPipe } from '../../platform/http/zod.pipe.ts';
import { JobsService } from './jobs.service.ts';

@Controller()
export class JobsController {
  constructor(@Inject(JobsService) private readonly jobs: JobsService) {}

  @ApiRoute('reopenJob')
  reopen(@Param('id', new ZodPipe(Id)) id: string): Promise<Job> {
    return this.jobs.reopen(id);
  }

  @ApiRoute('siteJobState')
  siteSays(
    @FromSite() { siteId }: SiteIdentity,
    @Param('id', new ZodPipe(Id)) id: string,
    @Body(new ZodPipe(JobStateChange)) change: JobStateChange,
  ): Promise<Job> {
    return this.jobs.siteSays(siteId, id, change);
  }
}
