// The administrator token: made at first start, shown once, kept as a hash.
import { Inject, Injectable } from '@nestjs/common';
import { DomainError } from '@sidemark/core/errors';
import { AuditService } from '../audit/audit.service.ts';
import { Clock } from '../platform/clock.ts';
import { Database } from '../platform/database/database.ts';
import { Random } from '../platform/random.ts';
import {
  addAdministratorToken,
  hasAdministratorToken,
  isLiveAdministratorToken,
} from './credentials.repository.ts';
import { administratorToken, credentialOf, isAdministratorToken, isSecret, tokenHash } from './tokens.ts';

@Injectable()
export class AdministratorsService {
  constructor(
    @Inject(Database) private readonly database: Database,
    @Inject(AuditService) private readonly audit: AuditService,
    @Inject(Clock) private readonly clock: Clock,
    @Inject(Random) private readonly random: Random,
  ) {}

  /** The token of a first start; undefined when there is one already. `keep` runs before the hash is stored. */
  async firstToken(keep: (token: string) => Promise<void>): Promise<string | undefined> {
    return this.database.transaction(async (tx) => {
      if (await hasAdministratorToken(tx)) return undefined;
      const token = administratorToken(this.random.secret());
      await keep(token);
      await addAdministratorToken(tx, tokenHash(token), this.clock.now());
      await this.audit.append(tx, {
        actor: 'coordinator',
        action: 'administrator.token-made',
        subject: 'administrator',
      });
      return token;
    });
  }

  /** @throws DomainError `unauthenticated` without a known credential, `forbidden` with a site's. */
  async authenticate(header: string | undefined): Promise<void> {
    const credential = credentialOf(header);
    if (credential === undefined) throw new DomainError('unauthenticated');
    if (isSecret(credential)) throw new DomainError('forbidden');
    if (!isAdministratorToken(credential)) throw new DomainError('unauthenticated');
    const isLive = await this.database.read((tx) => isLiveAdministratorToken(tx, tokenHash(credential)));
    if (!isLive) throw new DomainError('unauthenticated');
  }
}
