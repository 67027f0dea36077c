// A job as a file for a site without a link: the offer it would have got over the link, with all that it would have
// fetched. The model bytes are fetched by whoever writes the file.
import { Inject, Injectable } from '@nestjs/common';
import type {
  CarriedJob,
  ExportedJob,
  ExportJob,
  ProtocolDocument,
  ReleasedModel,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { AuditService } from '../../audit/audit.service.ts';
import { ModelsService } from '../../models/models.service.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { KeysStore } from '../../platform/keys/keys.store.ts';
import { ProtocolsService } from '../../protocols/protocols.service.ts';
import { SitesService } from '../../sites/sites.service.ts';
import { requireOpenRun } from '../run-state.ts';
import { RunsService } from '../runs.service.ts';
import type { JobContext } from './job-context.ts';
import { openStates, isOpen } from './job-state.ts';
import { findJob, lockJob, setOffer } from './jobs.repository.ts';
import { OfferPress } from './offer-press.ts';

type Offered = Pick<CarriedJob, 'offer'> & { readonly context: JobContext; readonly expiresAt: Date };

@Injectable()
export class JobExportService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(SitesService) private readonly sites: SitesService,
    @Inject(RunsService) private readonly runs: RunsService,
    @Inject(ProtocolsService) private readonly protocols: ProtocolsService,
    @Inject(ModelsService) private readonly models: ModelsService,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(KeysStore) private readonly keys: KeysStore,
    @Inject(OfferPress) private readonly offers: OfferPress,
  ) {}

  /** @throws DomainError `not-found`, `state-conflict` (job or run has ended), `site-not-approved` */
  async export(jobId: string, { validDays }: ExportJob): Promise<ExportedJob> {
    const { context, offer, expiresAt } = await this.database.transaction((tx) =>
      this.offer(tx, jobId, validDays * 24),
    );
    const run = await this.runs.show(context.job.run);
    const { envelope: protocol } = await this.protocols.show(run.protocol);
    if (protocol === null) throw new DomainError('not-found', { protocol: run.protocol });
    const models = await this.modelsOf(context.document);
    const { delegation } = this.keys;
    const carried: CarriedJob = { schema: 'sidemark.carried-job/1', delegation, offer, protocol, models };
    return { job: jobId, siteName: context.job.siteName, expiresAt: expiresAt.toISOString(), carried };
  }

  private async offer(tx: Tx, jobId: string, hours: number): Promise<Offered> {
    await lockJob(tx, jobId);
    const context = await findJob(tx, jobId);
    if (context === undefined) throw new DomainError('not-found', { what: 'job', id: jobId });
    const { job, runState } = context;
    requireOpenRun(runState, 'export');
    if (!isOpen(job.state))
      throw new DomainError('state-conflict', { state: job.state, move: 'export', possibleIn: openStates });
    const { key } = await this.sites.requireApproved(job.site, tx);
    if (key === null) throw new DomainError('site-not-approved');
    const terms = this.offers.terms(hours);
    const { nonce, expiresAt } = terms;
    await setOffer(tx, jobId, { nonce, expiresAt });
    const details = { site: job.site, siteKeyId: key.keyId, nonce };
    await this.audit.append(tx, { actor: 'administrator', action: 'job.exported', subject: jobId, details });
    return { context, offer: this.offers.press(context, key.keyId, terms), expiresAt };
  }

  /** Each model once, in the order the protocol names them. */
  private modelsOf({ detector, inpainter, classifiers }: ProtocolDocument): Promise<ReleasedModel[]> {
    const wanted = [detector, inpainter, ...classifiers.map(({ model }) => model)].map(
      ({ sha256 }) => sha256,
    );
    return Promise.all([...new Set(wanted)].map((sha256) => this.models.released(sha256)));
  }
}
