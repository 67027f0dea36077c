// Which person of the trial office the request under way comes from: told once by the guard, asked by handlers and by
// the audit log. It follows the request through every await.
import { AsyncLocalStorage } from 'node:async_hooks';
import { createParamDecorator } from '@nestjs/common';
import type { RequestHandler } from 'express';
import type { AccountRole } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';

export interface ActingAccount {
  readonly id: string;
  readonly name: string;
  readonly role: AccountRole;
  /** id of its session */
  readonly session: string;
}

const requests = new AsyncLocalStorage<{ account?: ActingAccount }>();

/** To be used after the body parser, whose events come from outside of the request. */
export const followActing: RequestHandler = (_request, _response, next) => requests.run({}, next);

export function actAs(account: ActingAccount): void {
  const request = requests.getStore();
  if (request !== undefined) request.account = account;
}

/** undefined: nobody signed in; the administrator token, a site, or the coordinator itself */
export function actingAccount(): ActingAccount | undefined {
  return requests.getStore()?.account;
}

/** `handler(@FromAccount() account: ActingAccount)` @throws DomainError `signed-out` where a token and no account asks */
export const FromAccount = createParamDecorator(() => {
  const account = actingAccount();
  if (account === undefined) throw new DomainError('signed-out');
  return account;
});
