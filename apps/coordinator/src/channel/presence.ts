// Which sites are connected now: one live link each. Knows nothing of sockets.
import type { Envelope } from '@sidemark/core/contract';

export interface SiteLink {
  offer(envelope: Envelope): void;
  cancel(job: string): void;
  /** whether the other end still answers; false after a few seconds of silence */
  answers(): Promise<boolean>;
  close(): void;
}

export class Presence {
  private readonly links = new Map<string, SiteLink>();

  /** A newer link of a site takes the place of an older one, which is closed. Ask `RivalsService` before. */
  arrive(siteId: string, link: SiteLink): void {
    const older = this.links.get(siteId);
    this.links.set(siteId, link);
    older?.close();
  }

  /** Forgets a link that ended, unless a newer one has taken its place. */
  leave(siteId: string, link: SiteLink): void {
    if (this.links.get(siteId) === link) this.links.delete(siteId);
  }

  /** Closes the link of a site that may take part no more. */
  dismiss(siteId: string): void {
    const link = this.links.get(siteId);
    this.links.delete(siteId);
    link?.close();
  }

  /** Closes every link: each site proves itself again, and learns what has changed here. */
  dismissAll(): void {
    for (const siteId of [...this.links.keys()]) this.dismiss(siteId);
  }

  linkOf(siteId: string): SiteLink | undefined {
    return this.links.get(siteId);
  }

  /** sites that are connected */
  get count(): number {
    return this.links.size;
  }

  isOnline(siteId: string): boolean {
    return this.links.has(siteId);
  }
}
