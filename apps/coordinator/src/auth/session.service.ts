// Short sessions of sites: given after the challenge, bound to the key that answered it, judged at every request.
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@sidemark/core/errors';
import { type Config, CONFIG } from '../config.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database/database.ts';
import { Random } from '../platform/random.ts';
import { addSession, deleteExpiredSessions, findSession } from './credentials.repository.ts';
import { refuseUnlessWorking } from './site-standing.ts';
import type { SiteIdentity } from './site-identity.ts';
import { credentialOf, isAdministratorToken, isSecret, tokenHash } from './tokens.ts';

const sweepEveryMs = 60_000;

@Injectable()
export class SessionService {
  private sweptAt = 0;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(Database) private readonly database: Database,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) private readonly random: Random,
  ) {}

  /** A session for a site whose key has just answered the challenge. */
  async open(siteId: string, keyId: string): Promise<{ session: string; expiresAt: Date }> {
    const session = this.random.secret();
    const now = this.clock.now();
    const expiresAt = new Date(now.getTime() + this.config.sessionMinutes * 60_000);
    await this.sweep(now);
    await this.database.read((tx) =>
      addSession(tx, { tokenHash: tokenHash(session), siteId, keyId, expiresAt }),
    );
    return { session, expiresAt };
  }

  /** Takes expired sessions out, once a minute and not at every opening: in a storm they would all do the same. */
  private async sweep(now: Date): Promise<void> {
    if (Math.abs(now.getTime() - this.sweptAt) < sweepEveryMs) return;
    this.sweptAt = now.getTime();
    await this.database.read((tx) => deleteExpiredSessions(tx, now));
  }

  /**
   * The site behind an Authorization header.
   * @throws DomainError `unauthenticated`, `forbidden` (administrator token), `session-expired`,
   *   `site-suspended`, `site-not-approved`, `key-revoked`, `key-not-yet-valid`, `key-expired`.
   */
  async identify(header: string | undefined): Promise<SiteIdentity> {
    const credential = credentialOf(header);
    if (credential === undefined) throw new DomainError('unauthenticated');
    if (isAdministratorToken(credential)) throw new DomainError('forbidden');
    if (!isSecret(credential)) throw new DomainError('unauthenticated');
    const stored = await this.database.read((tx) => findSession(tx, tokenHash(credential)));
    const now = this.clock.now();
    if (stored === null || stored.expiresAt <= now) throw new DomainError('session-expired');
    refuseUnlessWorking(stored.site.state, stored.key, now);
    return { siteId: stored.siteId, studyId: stored.site.studyId, keyId: stored.keyId };
  }
}
