// Who of the trial office asks: the administrator token of the CLI, or a person by the cookie; and may that role do it?
import { Inject, Injectable } from '@nestjs/common';
import type { Request, Response } from 'express';
import type { AccountRole } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { type Config, CONFIG } from '../config.ts';
import { actAs } from '../platform/http/acting.ts';
import { AccountSessionsService, type Recognised } from './account-session/account-sessions.service.ts';
import { clearCookie, cookieOf, setCookie } from './account-session/cookie.ts';
import { changesSomething, refuseForeignPage, requireProof } from './account-session/own-page.ts';
import { AdministratorsService } from './administrators.service.ts';
import { CallerLimits } from './caller-limits.ts';

/** Each may do what those before it may. */
const ranks: Readonly<Record<AccountRole, number>> = { reader: 0, coordinator: 1, administrator: 2 };

@Injectable()
export class OfficeGuard {
  constructor(
    @Inject(CONFIG) private readonly config: Config,
    @Inject(AdministratorsService) private readonly administrators: AdministratorsService,
    @Inject(AccountSessionsService) private readonly sessions: AccountSessionsService,
    @Inject(CallerLimits) private readonly limits: CallerLimits,
  ) {}

  /**
   * @throws DomainError `unauthenticated`, `forbidden` (a site), `rate-limited`, `signed-out`, `request-not-ours`,
   *   `role-insufficient`
   */
  async admit(request: Request, response: Response, least: AccountRole): Promise<void> {
    const token = cookieOf(request, this.config);
    if (request.headers.authorization !== undefined || token === undefined) {
      if (changesSomething(request)) refuseForeignPage(request, this.config.publicUrl);
      await this.limits.guessing(request, (header) => this.administrators.authenticate(header));
      return;
    }
    const { account, proof, fresh } = await this.recognised(token, response);
    if (changesSomething(request)) {
      refuseForeignPage(request, this.config.publicUrl);
      requireProof(request, proof);
    }
    if (ranks[account.role] < ranks[least])
      throw new DomainError('role-insufficient', { role: account.role, needs: least });
    if (fresh) setCookie(response, this.config, fresh);
    actAs(account);
  }

  private recognised(token: string, response: Response): Promise<Recognised> {
    return this.sessions.recognise(token).catch((error: unknown) => {
      clearCookie(response, this.config);
      throw error;
    });
  }
}
