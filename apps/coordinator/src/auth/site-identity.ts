// Who a site's request comes from: put on the request by the site session guard, read by `@FromSite()`.
import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import type { Request } from 'express';
import { DomainError } from '@sidemark/core/errors';

export interface SiteIdentity {
  readonly siteId: string;
  readonly studyId: string;
  readonly keyId: string;
}

const identities = new WeakMap<object, SiteIdentity>();

export function rememberSite(request: Request, identity: SiteIdentity): void {
  identities.set(request, identity);
}

/** The site behind a request of a `site` route. @throws DomainError `unauthenticated` on any other route. */
export function siteOf(request: Request): SiteIdentity {
  const identity = identities.get(request);
  if (identity === undefined) throw new DomainError('unauthenticated');
  return identity;
}

/** `handler(@FromSite() site: SiteIdentity)` */
export const FromSite = createParamDecorator((_: unknown, context: ExecutionContext) =>
  siteOf(context.switchToHttp().getRequest<Request>()),
);
