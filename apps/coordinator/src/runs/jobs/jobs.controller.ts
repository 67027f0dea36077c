import { Body, Controller, Inject, Param } from '@nestjs/common';
import { type ExportedJob, ExportJob, Id, type Job, JobStateChange } from '@sidemark/core/contract';
import { FromSite, type SiteIdentity } from '../../auth/site-identity.ts';
import { ApiRoute } from '../../platform/http/api-route.ts';
import { ZodPipe } from '../../platform/http/zod.pipe.ts';
import { JobExportService } from './job-export.service.ts';
import { JobsService } from './jobs.service.ts';

@Controller()
export class JobsController {
  constructor(
    @Inject(JobsService) private readonly jobs: JobsService,
    @Inject(JobExportService) private readonly exports: JobExportService,
  ) {}

  @ApiRoute('reopenJob')
  reopen(@Param('id', new ZodPipe(Id)) id: string): Promise<Job> {
    return this.jobs.reopen(id);
  }

  @ApiRoute('exportJob')
  export(
    @Param('id', new ZodPipe(Id)) id: string,
    @Body(new ZodPipe(ExportJob)) body: ExportJob,
  ): Promise<ExportedJob> {
    return this.exports.export(id, body);
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
