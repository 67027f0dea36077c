// Who takes part: the administrator's decisions about a site, and what other features may ask about one.
import { Inject, Injectable } from '@nestjs/common';
import type { Site } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { requireKeyValid } from '@sidemark/core/trust';
import { AuditService } from '../audit/audit.service.ts';
import { refuseUnlessApproved } from '../auth/site-standing.ts';
import { Presence } from '../channel/presence.ts';
import { Clock } from '../platform/clock.ts';
import { Database, type Tx } from '../platform/database/database.ts';
import { findKey, type FoundKey, lockKeysOf, revokeKeysOf } from './site-keys.repository.ts';
import { nextSiteState, type SiteStep } from './site-state.ts';
import { allSites, changeState, findSite, noteLink, type StoredSite } from './sites.repository.ts';

/** A site key that was known, valid and not revoked when it was looked up. */
export interface SiteKey {
  readonly keyId: string;
  readonly publicKey: Uint8Array;
  readonly siteId: string;
  readonly studyId: string;
}

/** How the audit log tells a step. */
const told = {
  approve: 'approved',
  suspend: 'suspended',
  resume: 'resumed',
  revoke: 'revoked',
} as const satisfies Partial<Record<SiteStep, string>>;

@Injectable()
export class SitesService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(Presence) private readonly presence: Presence,
    @Inject(Clock) private readonly clock: Clock,
  ) {}

  async list(): Promise<Site[]> {
    return (await this.database.read((tx) => allSites(tx))).map((site) => this.seen(site));
  }

  /** @throws DomainError `not-found`, `state-conflict`, `invalid-input` when the words are not those of the site. */
  approve(id: string, words: readonly string[]): Promise<Site> {
    return this.step(id, 'approve', async (_, site) => {
      const said = words.map((word) => word.trim().toLowerCase()).join(' ');
      if (said !== site.words?.join(' ')) throw wrongWords();
      return Promise.resolve();
    });
  }

  /** The link is closed; sessions that were given are judged at each request, and refused as the site's. */
  async suspend(id: string): Promise<Site> {
    const site = await this.step(id, 'suspend');
    this.presence.dismiss(id);
    return this.seen(site);
  }

  resume(id: string): Promise<Site> {
    return this.step(id, 'resume');
  }

  async revoke(id: string): Promise<Site> {
    const site = await this.step(id, 'revoke', async (tx) => {
      await lockKeysOf(tx, id);
      await revokeKeysOf(tx, id, this.clock.now());
    });
    this.presence.dismiss(id);
    return this.seen(site);
  }

  /** Approved sites of a study, oldest first. */
  async listApproved(studyId: string, tx?: Tx): Promise<Site[]> {
    const sites = await this.on(tx, (on) => allSites(on, { studyId, state: 'approved' }));
    return sites.map((site) => this.seen(site));
  }

  /** @throws DomainError `not-found`, `site-not-approved`, `site-suspended` */
  async requireApproved(id: string, tx?: Tx): Promise<Site> {
    const site = await this.on(tx, (on) => required(on, id));
    refuseUnlessApproved(site.state);
    return this.seen(site);
  }

  /**
   * A site's key, judged now.
   * @throws DomainError `signer-unknown`, `signer-role`, `key-revoked`, `key-not-yet-valid`, `key-expired`
   */
  async publicKeyOf(keyId: string, tx?: Tx): Promise<SiteKey> {
    const { found, site } = await this.validKey(keyId, tx);
    const publicKey = Buffer.from(found.record.publicKey, 'base64');
    return { keyId, publicKey, siteId: site.id, studyId: site.studyId };
  }

  /** The same, of a site that may work now. @throws also DomainError `site-not-approved`, `site-suspended` */
  async workingKey(keyId: string): Promise<SiteKey> {
    const key = await this.publicKeyOf(keyId);
    await this.requireApproved(key.siteId);
    return key;
  }

  /** Remembers which agent the site runs, and when it was last heard of. */
  async noteLink(id: string, agentVersion: string): Promise<void> {
    await this.database.read((tx) => noteLink(tx, id, agentVersion, this.clock.now()));
  }

  private async validKey(
    keyId: string,
    tx?: Tx,
  ): Promise<{ found: FoundKey; site: NonNullable<FoundKey['site']> }> {
    const found = await this.on(tx, (on) => findKey(on, keyId));
    if (found === undefined) throw new DomainError('signer-unknown', { keyId });
    const { site } = found;
    if (found.record.role !== 'site' || site === undefined)
      throw new DomainError('signer-role', { role: found.record.role });
    requireKeyValid({ keyId, ...found }, this.clock.now());
    return { found, site };
  }

  /** One step of a site's life: lawful, with what belongs to it, and remembered. */
  private async step(
    id: string,
    step: keyof typeof told,
    alongside: (tx: Tx, site: StoredSite) => Promise<void> = () => Promise.resolve(),
  ): Promise<Site> {
    const changed = await this.database.transaction(async (tx) => {
      const site = await required(tx, id);
      const state = nextSiteState(site.state, step);
      await alongside(tx, site);
      await changeState(tx, id, site.state, state);
      const details = { name: site.name, from: site.state, to: state };
      await this.audit.append(tx, {
        actor: 'administrator',
        action: `site.${told[step]}`,
        subject: id,
        details,
      });
      return required(tx, id);
    });
    return this.seen(changed);
  }

  private seen(site: StoredSite): Site {
    return { ...site, online: this.presence.isOnline(site.id) };
  }

  private on<T>(tx: Tx | undefined, work: (tx: Tx) => Promise<T>): Promise<T> {
    return tx === undefined ? this.database.read(work) : work(tx);
  }
}

async function required(tx: Tx, id: string): Promise<StoredSite> {
  const site = await findSite(tx, id);
  if (site === undefined) throw new DomainError('not-found', { what: 'site', id });
  return site;
}

function wrongWords(): DomainError {
  const reason = 'the six words differ from those of the enrolment: do not approve this site, invite it anew';
  return new DomainError('invalid-input', { fields: ['words'], reason });
}
