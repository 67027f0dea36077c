// From an opening to a session: who asks, our challenge, their answer.
import { Inject, Injectable } from '@nestjs/common';
import type { LinkChallenge, LinkReady } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { SessionService } from '../auth/session.service.ts';
import type { SiteIdentity } from '../auth/site-identity.ts';
import { Random } from '../platform/random.ts';
import { HelloService } from '../sites/enrolment/hello.service.ts';
import { readOpening } from '../sites/enrolment/opening.ts';
import { SitesService } from '../sites/sites.service.ts';
import { checkSiteHello } from './challenge.ts';
import { RivalsService } from './rivals.service.ts';

/** Sends the challenge and gives back whatever came; rejects when nothing came in time. */
export type Ask = (challenge: LinkChallenge) => Promise<unknown>;

/** Beyond so many at the same time the last would wait longer than an agent does, and come again: in vain, too. */
const admissionsAtOnce = 100;

export interface Admitted {
  readonly site: SiteIdentity;
  readonly ready: LinkReady;
}

@Injectable()
export class AdmissionService {
  private underWay = 0;

  constructor(
    @Inject(SitesService) private readonly sites: SitesService,
    @Inject(HelloService) private readonly hellos: HelloService,
    @Inject(SessionService) private readonly sessions: SessionService,
    @Inject(RivalsService) private readonly rivals: RivalsService,
    @Inject(Random) private readonly random: Random,
  ) {}

  /** @throws DomainError `coordinator-busy`, and what `prove` throws. */
  async admit(auth: unknown, ask: Ask): Promise<Admitted> {
    if (this.underWay >= admissionsAtOnce)
      throw new DomainError('coordinator-busy', { underWay: this.underWay });
    this.underWay += 1;
    return this.prove(auth, ask).finally(() => (this.underWay -= 1));
  }

  /** @throws DomainError: of the opening, the key, the site's state, `challenge-failed` or `site-connected-twice`. */
  private async prove(auth: unknown, ask: Ask): Promise<Admitted> {
    const opening = readOpening(auth);
    await this.sites.workingKey(opening.siteKeyId);
    const hello = this.hellos.compose(opening, this.random.nonce());
    const answer = await ask(this.hellos.challenge(hello)).catch((cause: unknown) => {
      throw new DomainError('challenge-failed', { reason: 'no answer in time' }, { cause });
    });
    // judged again: much may have been decided while the site was thinking
    const key = await this.sites.workingKey(opening.siteKeyId);
    checkSiteHello(answer, hello, key.publicKey);
    const site = { siteId: key.siteId, studyId: key.studyId, keyId: key.keyId };
    await this.rivals.assertNone(site);
    await this.sites.noteLink(key.siteId, opening.agentVersion);
    const { session, expiresAt } = await this.sessions.open(key.siteId, key.keyId);
    const ready = { site: key.siteId, study: key.studyId, session, expiresAt: expiresAt.toISOString() };
    return { site, ready };
  }

  /** Asked once the link is registered: a decision that fell just before would have found nothing to close. */
  async confirm(site: SiteIdentity): Promise<void> {
    await this.sites.workingKey(site.keyId);
  }
}
