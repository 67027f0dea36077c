// Gets offers to the sites: when a job begins, when it is re-opened, and on every connect while it is open.
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { Envelope } from '@sidemark/core/contract';
import { AuditService } from '../../audit/audit.service.ts';
import { ChannelService } from '../../channel/channel.service.ts';
import { Database, type Tx } from '../../platform/database/database.ts';
import { SitesService } from '../../sites/sites.service.ts';
import { isOpen } from './job-state.ts';
import { findJob, lockJob, openJobsOfSite, setOffer } from './jobs.repository.ts';
import { OfferPress } from './offer-press.ts';
import { errorFields } from '../../platform/json-log.ts';

@Injectable()
export class DispatchService implements OnModuleInit {
  private readonly logger = new Logger('dispatch');

  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(ChannelService) private readonly channel: ChannelService,
    @Inject(SitesService) private readonly sites: SitesService,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(OfferPress) private readonly offers: OfferPress,
  ) {}

  onModuleInit(): void {
    this.channel.onSiteReady(({ siteId }) => this.offerOpenJobs(siteId));
  }

  /** Offers everything that is open, oldest run first. */
  async offerOpenJobs(siteId: string): Promise<void> {
    for (const job of await this.database.read((tx) => openJobsOfSite(tx, siteId)))
      await this.offer(siteId, job);
  }

  /** Offers one job, if the site is connected. What fails here is mended by the next connect, so it is only logged. */
  async offer(siteId: string, jobId: string): Promise<void> {
    if (!this.channel.isOnline(siteId)) return;
    try {
      const envelope = await this.database.transaction((tx) => this.compose(tx, siteId, jobId));
      if (envelope) this.channel.offer(siteId, envelope);
    } catch (error) {
      this.logger.warn({ event: 'job not offered', job: jobId, ...errorFields(error) });
    }
  }

  withdraw(siteId: string, jobId: string): void {
    this.channel.cancel(siteId, jobId);
  }

  /** The signed offer, its nonce remembered; undefined when there is nothing to offer. */
  private async compose(tx: Tx, siteId: string, jobId: string): Promise<Envelope | undefined> {
    const { key } = await this.sites.requireApproved(siteId, tx);
    await lockJob(tx, jobId);
    const context = await findJob(tx, jobId);
    if (key === null || context === undefined || !isOpen(context.job.state)) return undefined;
    const terms = this.offers.terms();
    await setOffer(tx, jobId, { nonce: terms.nonce, expiresAt: terms.expiresAt });
    const details = { site: siteId, siteKeyId: key.keyId, nonce: terms.nonce };
    await this.audit.append(tx, { actor: 'coordinator', action: 'job.offered', subject: jobId, details });
    return this.offers.press(context, key.keyId, terms);
  }
}
