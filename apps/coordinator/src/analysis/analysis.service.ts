// Gathers what an analysis is computed from; the plan does the rest.
import { Inject, Injectable } from '@nestjs/common';
import {
  type ClassifierFacts,
  classifierFacts,
  type PackVerdict,
  type PoolingInput,
  type SiteReport,
} from '@sidemark/core/analysis';
import type { Analysis, ProtocolDocument, Run, SiteHistory } from '@sidemark/core/contract';
import { ModelsService } from '../models/models.service.ts';
import { Clock } from '../platform/clock.ts';
import { ProtocolsService } from '../protocols/protocols.service.ts';
import { QualificationsService } from '../reports/qualifications/qualifications.service.ts';
import {
  type AcceptedReport,
  countingOf,
  type KeptReport,
  ReportsService,
} from '../reports/reports.service.ts';
import { RunsService } from '../runs/runs.service.ts';
import { PooledBefore } from './pooled-before.ts';
import { SitesService } from '../sites/sites.service.ts';

@Injectable()
export class AnalysisService {
  private readonly pooledBefore = new PooledBefore();

  constructor(
    @Inject(RunsService) private readonly runs: RunsService,
    @Inject(ProtocolsService) private readonly protocols: ProtocolsService,
    @Inject(ModelsService) private readonly models: ModelsService,
    @Inject(ReportsService) private readonly reports: ReportsService,
    @Inject(QualificationsService) private readonly qualifications: QualificationsService,
    @Inject(SitesService) private readonly sites: SitesService,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found` */
  async analyse(runId: string): Promise<Analysis> {
    return this.analyseReports(runId, await this.reports.kept(runId), this.clock.now().toISOString());
  }

  /**
   * Pools those of these reports that count. @param kept all of the run, oldest first
   * @param now for a run without reports @throws DomainError `not-found`
   */
  async analyseReports(runId: string, kept: readonly KeptReport[], now: string): Promise<Analysis> {
    const run = await this.runs.show(runId);
    const { document } = await this.protocols.show(run.protocol);
    return this.pooledBefore.of({
      run: run.id,
      protocolDigest: run.protocolDigest,
      document,
      classifiers: await this.classifiersOf(document),
      sites: await this.sitesOf(run),
      reports: reportsOf(run, countingOf(kept)),
      history: historyOf(run, kept),
      verdicts: await this.verdictsOf(run, document),
      computedAt: newestReceipt(kept) ?? now,
    });
  }

  /** The latest of each site. */
  private async verdictsOf(
    { id }: Run,
    { qualification }: ProtocolDocument,
  ): Promise<Map<string, PackVerdict>> {
    if (qualification === undefined) return new Map();
    const judged = await this.qualifications.list(id);
    return new Map(judged.map(({ site, verdict }) => [site, verdict.state]));
  }

  private async classifiersOf({ classifiers }: ProtocolDocument): Promise<Map<string, ClassifierFacts>> {
    const facts = classifiers.map(async ({ id, model }) => {
      const { manifest } = await this.models.show(model.sha256);
      return [id, classifierFacts(manifest)] as const;
    });
    return new Map(await Promise.all(facts));
  }

  private async sitesOf({ jobs }: Run): Promise<PoolingInput['sites']> {
    const roles = new Map((await this.sites.list()).map(({ id, role }) => [id, role]));
    return jobs.map(({ site, siteName, code }) => ({
      ...{ site, siteName, role: roles.get(site) ?? 'external' },
      ...(code === null ? {} : { refusal: code }),
    }));
  }
}

function historyOf({ jobs }: Run, kept: readonly KeptReport[]): SiteHistory[] {
  return jobs.flatMap(({ site, siteName }) => {
    const own = kept.filter(({ stored }) => stored.site === site);
    const reports = own.map(({ stored: { payloadDigest, state, receivedAt } }) => ({
      ...{ payloadDigest, state, receivedAt },
    }));
    return reports.length > 0 ? [{ site, siteName, reports }] : [];
  });
}

function newestReceipt(kept: readonly KeptReport[]): string | undefined {
  return kept
    .map(({ stored }) => stored.receivedAt)
    .sort()
    .at(-1);
}

function reportsOf({ jobs }: Run, accepted: readonly AcceptedReport[]): SiteReport[] {
  return jobs.flatMap(({ site, siteName }) =>
    accepted
      .filter(({ stored }) => stored.site === site)
      .map(({ stored, report }) => ({
        site,
        siteName,
        payloadDigest: stored.payloadDigest,
        result: report.result,
      })),
  );
}
