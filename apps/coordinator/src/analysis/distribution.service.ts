// Answers a site's question where it stands: only for a job of its own, only once its report counts, and only with
// three other sites in the figures.
import { Inject, Injectable } from '@nestjs/common';
import type { RunDistribution } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { ReportsService } from '../reports/reports.service.ts';
import { JobsService } from '../runs/jobs/jobs.service.ts';
import { AnalysisService } from './analysis.service.ts';
import { distributionFor } from './distribution.ts';

@Injectable()
export class DistributionService {
  constructor(
    @Inject(JobsService) private readonly jobs: JobsService,
    @Inject(ReportsService) private readonly reports: ReportsService,
    @Inject(AnalysisService) private readonly analysis: AnalysisService,
  ) {}

  /** @throws DomainError `not-found` (also for another site's job), `distribution-not-ready` */
  async forSite(site: string, jobId: string): Promise<RunDistribution> {
    const job = await this.jobs.ofSite(site, jobId);
    const reports = await this.reports.accepted(job.run);
    if (!reports.some(({ stored }) => stored.site === site))
      throw new DomainError('distribution-not-ready', { reason: 'this site has no report that counts' });
    const distribution = distributionFor(site, jobId, await this.analysis.analyse(job.run));
    if (distribution.aucs.length + distribution.differences.length === 0)
      throw new DomainError('distribution-not-ready', { reason: 'fewer than three other sites' });
    return distribution;
  }
}
