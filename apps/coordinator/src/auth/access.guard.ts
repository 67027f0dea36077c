// The one guard: every handler is bound to a route of the contract, whose `access` says which credential it takes.
// A handler that is bound to none is shut.
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import type { Request } from 'express';
import { type RouteName, routes } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { routeNameKey } from '../platform/http/api-route.ts';
import { AdministratorsService } from './administrators.service.ts';
import { CallerLimits } from './caller-limits.ts';
import { SessionService } from './session.service.ts';
import { rememberSite } from './site-identity.ts';

@Injectable()
export class AccessGuard implements CanActivate {
  constructor(
    @Inject(Reflector) private readonly reflector: Reflector,
    @Inject(AdministratorsService) private readonly administrators: AdministratorsService,
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
        if (name !== 'health') this.limits.enrolment(request.ip);
        return true;
      case 'administrator':
        await this.limits.guessing(request, (header) => this.administrators.authenticate(header));
        return true;
      case 'site':
        rememberSite(request, await this.sessions.identify(request.headers.authorization));
        return true;
    }
  }
}
