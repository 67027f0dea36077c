// One identity, one agent. A second agent with the same key (a copied data directory) does not push the first one out,
// or the two would take turns for ever: who is connected and answers, stays.
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@sidemark/core/errors';
import { AuditService } from '../audit/audit.service.ts';
import type { SiteIdentity } from '../auth/site-identity.ts';
import { Database } from '../platform/database/database.ts';
import { Presence, type SiteLink } from './presence.ts';

@Injectable()
export class RivalsService {
  private readonly told = new WeakSet<SiteLink>();

  constructor(
    @Inject(Presence) private readonly presence: Presence,
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
  ) {}

  /**
   * Lets a proved newcomer pass where the site has no link, or only one that a broken network has left behind.
   * @throws DomainError `site-connected-twice`
   */
  async assertNone(site: SiteIdentity): Promise<void> {
    const link = this.presence.linkOf(site.siteId);
    if (link === undefined || !(await link.answers())) return;
    await this.record(site, link);
    throw new DomainError('site-connected-twice', { site: site.siteId });
  }

  /** One audit entry for each link that has a rival, however often that one knocks. */
  private async record({ siteId, keyId }: SiteIdentity, link: SiteLink): Promise<void> {
    if (this.told.has(link)) return;
    this.told.add(link);
    const event = {
      actor: `site:${siteId}`,
      action: 'site.connected-twice',
      subject: siteId,
      details: { keyId },
    };
    await this.database.transaction((tx) => this.audit.append(tx, event));
  }
}
