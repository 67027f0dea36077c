// What the rest of the coordinator says to sites and hears from them, whoever is connected.
import { Inject, Injectable, Logger } from '@nestjs/common';
import type { Envelope, JobProgress } from '@sidemark/core/contract';
import type { SiteIdentity } from '../auth/site-identity.ts';
import { Presence } from './presence.ts';
import { errorFields } from '../platform/json-log.ts';

export type ReadyListener = (site: SiteIdentity) => Promise<void> | void;
/** The listener refuses progress of a job that is not the site's. */
export type ProgressListener = (site: SiteIdentity, progress: JobProgress) => Promise<void> | void;

@Injectable()
export class ChannelService {
  private readonly logger = new Logger('channel');
  private readonly readyListeners: ReadyListener[] = [];
  private readonly progressListeners: ProgressListener[] = [];

  constructor(@Inject(Presence) private readonly presence: Presence) {}

  /** Sends a signed offer. @returns false when the site is off-line; offer again when it is ready. */
  offer(siteId: string, envelope: Envelope): boolean {
    const link = this.presence.linkOf(siteId);
    link?.offer(envelope);
    return link !== undefined;
  }

  /** Tells the site to drop a job. @returns false when the site is off-line. */
  cancel(siteId: string, jobId: string): boolean {
    const link = this.presence.linkOf(siteId);
    link?.cancel(jobId);
    return link !== undefined;
  }

  isOnline(siteId: string): boolean {
    return this.presence.isOnline(siteId);
  }

  /** Called after every proved connection: the moment to offer open jobs again. */
  onSiteReady(listener: ReadyListener): void {
    this.readyListeners.push(listener);
  }

  onProgress(listener: ProgressListener): void {
    this.progressListeners.push(listener);
  }

  async siteIsReady(site: SiteIdentity): Promise<void> {
    for (const listener of this.readyListeners) await this.guarded(() => listener(site));
  }

  async siteProgressed(site: SiteIdentity, progress: JobProgress): Promise<void> {
    for (const listener of this.progressListeners) await this.guarded(() => listener(site, progress));
  }

  /** A listener's failure is logged; the link and the other listeners go on. */
  private async guarded(work: () => Promise<void> | void): Promise<void> {
    try {
      await work();
    } catch (error) {
      this.logger.warn({ event: 'listener failed', ...errorFields(error) });
    }
  }
}
