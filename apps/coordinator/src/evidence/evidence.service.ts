// Puts the evidence of a run together. What no signature covers yet goes into a statement that the on-line key seals.
import { Inject, Injectable } from '@nestjs/common';
import {
  type Analysis,
  type BundleStatement,
  type PackReference,
  payloadTypes,
  type ProtocolDocument,
  Receipt,
  type ReleasedModel,
  type RunBundle,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { signStatement } from '@sidemark/core/signing';
import { AnalysisService } from '../analysis/analysis.service.ts';
import { AuditService } from '../audit/audit.service.ts';
import { ModelsService } from '../models/models.service.ts';
import { PacksService } from '../models/packs/packs.service.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database/database.ts';
import { KeysStore } from '../platform/keys/keys.store.ts';
import { ProtocolsService } from '../protocols/protocols.service.ts';
import { QualificationsService } from '../reports/qualifications/qualifications.service.ts';
import { ReportsService } from '../reports/reports.service.ts';
import { RunsService } from '../runs/runs.service.ts';
import { keyHistory } from './evidence.repository.ts';

type Kept = Awaited<ReturnType<ReportsService['kept']>>;

@Injectable()
export class EvidenceService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(RunsService) private readonly runs: RunsService,
    @Inject(ProtocolsService) private readonly protocols: ProtocolsService,
    @Inject(ModelsService) private readonly models: ModelsService,
    @Inject(ReportsService) private readonly reports: ReportsService,
    @Inject(PacksService) private readonly packs: PacksService,
    @Inject(QualificationsService) private readonly qualifications: QualificationsService,
    @Inject(AnalysisService) private readonly analysis: AnalysisService,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  /** @throws DomainError `not-found` */
  async bundle(runId: string): Promise<RunBundle> {
    const run = await this.runs.show(runId);
    const { envelope: protocol, document } = await this.protocols.show(run.protocol);
    if (protocol === null) throw new DomainError('not-found', { protocol: run.protocol });
    const models = await this.modelsOf(document);
    const kept = await this.reports.kept(runId);
    const exportedAt = this.clock.now().toISOString();
    const analysis = await this.analysis.analyseReports(runId, kept, exportedAt);
    const manifests = models.map(({ manifest }) => manifest);
    const answers = document.qualification && (await this.qualifications.kept(runId));
    const reference = await this.referenceOf(document);
    const statement = {
      ...(await this.statement(analysis, manifests, kept, exportedAt)),
      ...(reference && { reference }),
    };
    return {
      schema: 'sidemark.bundle/1',
      statement,
      seal: signStatement(payloadTypes.bundle, statement, this.keys.online),
      releasePublicKey: this.keys.releasePublicKey,
      delegations: await this.keys.history(),
      protocol,
      releases: models.map(({ release }) => release),
      reports: kept.map(({ envelope, receipt }) => ({ envelope, receipt })),
      ...(answers && {
        qualifications: answers.map(({ envelope, receipt }) => ({ envelope, receipt })),
      }),
      analysis,
    };
  }

  private async referenceOf({ qualification }: ProtocolDocument): Promise<PackReference | undefined> {
    if (qualification === undefined) return undefined;
    return this.database.read(async (tx) => (await this.packs.byDigest(tx, qualification.pack)).reference);
  }

  private modelsOf({ detector, inpainter, classifiers }: ProtocolDocument): Promise<ReleasedModel[]> {
    const wanted = [detector, inpainter, ...classifiers.map(({ model }) => model)];
    return Promise.all(wanted.map(({ sha256 }) => this.models.released(sha256)));
  }

  private async statement(
    { run, sites }: Analysis,
    manifests: BundleStatement['manifests'],
    kept: Kept,
    exportedAt: string,
  ): Promise<BundleStatement> {
    const ids = sites.map(({ site }) => site);
    return {
      schema: 'sidemark.bundle-statement/1',
      run,
      exportedAt,
      sites: sites.map(({ site, siteName, role, refusal }) => ({
        ...{ site, siteName, role },
        ...(refusal === null ? {} : { refusal }),
      })),
      keys: await this.database.read((tx) => keyHistory(tx, ids)),
      manifests,
      reports: kept.map(({ stored: { payloadDigest, state } }) => ({ payloadDigest, state })),
      audit: await this.audit.excerpt(kept.map(auditHeadOf)),
    };
  }
}

function auditHeadOf({ receipt }: Kept[number]): string {
  return Receipt.parse(JSON.parse(Buffer.from(receipt.payload, 'base64').toString('utf8'))).auditHead;
}
