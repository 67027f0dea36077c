// The one guard: every handler is bound to a route of the contract, whose `access` says which credential or role it takes.
// A handler that is bound to none is shut.
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request, Response } from 'express';
import { type RouteName, routes } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { type Config, CONFIG } from '../config.ts';
import { routeNameKey } from '../platform/http/api-route.ts';
import { changesSomething, refuseForeignPage } from './account-session/own-page.ts';
import { CallerLimits } from './caller-limits.ts';
import { OfficeGuard } from './office-guard.ts';
import { SessionService } from './session.service.ts';
import { rememberSite } from './site-identity.ts';

/** Asked again and again by what watches the coordinator, and by every page at its start. */
const asked: ReadonlySet<RouteName> = new Set(['health', 'showSession']);

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(OfficeGuard) private readonly office: OfficeGuard,
    @Inject(SessionService) private readonly sessions: SessionService,
    @Inject(CallerLimits) private readonly limits: CallerLimits,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const name = this.reflector.get<RouteName | undefined>(routeNameKey, context.getHandler());
    if (name === undefined) throw new DomainError('forbidden');
    const request = context.switchToHttp().getRequest<Request>();
    const { access } = routes[name];
    switch (access) {
      case 'open':
        if (changesSomething(request)) refuseForeignPage(request, this.config.publicUrl);
        if (!asked.has(name)) this.limits.enrolment(request.ip);
        return true;
      case 'site':
        rememberSite(request, await this.sessions.identify(request.headers.authorization));
        return true;
      default:
        await this.office.admit(request, context.switchToHttp().getResponse<Response>(), access);
        return true;
    }
  }
}
