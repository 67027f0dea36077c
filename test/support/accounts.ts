// People of the trial office in tests: the first administrator, others by their one-time links, and requests with their
// cookie as a browser makes them.
import { type AccountLink, type AccountRole, proofHeader, type SessionView } from '@sidemark/core/contract';
import type { BrowserContext } from 'playwright-core';
import type { Answer, RunningCoordinator } from './coordinator.ts';

export const goodPassword = 'violet harbour seven lamps';

/** A signed-in person. */
export interface Person {
  readonly name: string;
  readonly id: string;
  /** name=value, as the browser sends it */
  readonly cookie: string;
  readonly proof: string;
  call<T = unknown>(
    method: string,
    path: string,
    body?: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer<T>>;
}

export interface Entered {
  readonly status: number;
  readonly body: SessionView & { readonly code: string; readonly details: Record<string, unknown> };
  /** the whole Set-Cookie header */
  readonly setCookie: string;
}

/** A request to one of the ways in. */
export async function enter(
  { url }: Pick<RunningCoordinator, 'url'>,
  path: string,
  body: unknown,
  headers: Readonly<Record<string, string>> = {},
): Promise<Entered> {
  const response = await fetch(`${url}${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify(body),
  });
  const setCookie = response.headers.get('set-cookie') ?? '';
  return { status: response.status, body: (await response.json()) as Entered['body'], setCookie };
}

export function personOf({ url }: Pick<RunningCoordinator, 'url'>, { body, setCookie }: Entered): Person {
  if (body.account === null || body.account === undefined)
    throw new Error(`nobody signed in: ${JSON.stringify(body)}`);
  const { id, name } = body.account;
  const [cookie = ''] = setCookie.split(';');
  const proof = body.proof ?? '';
  return {
    ...{ id, name, cookie, proof },
    call: async <T>(method: string, path: string, sent?: unknown, headers = {}) => {
      const response = await fetch(`${url}${path}`, {
        method,
        headers: {
          ...{ cookie, [proofHeader]: proof },
          ...(sent === undefined ? {} : { 'content-type': 'application/json' }),
          ...headers,
        },
        ...(sent === undefined ? {} : { body: JSON.stringify(sent) }),
      });
      const text = await response.text();
      const type = response.headers.get('content-type') ?? '';
      const isJson = type.includes('json') && text !== '';
      return { status: response.status, type, body: (isJson ? JSON.parse(text) : null) as T };
    },
  };
}

export async function firstAdministrator(coordinator: RunningCoordinator, name = 'ada'): Promise<Person> {
  const body = { token: coordinator.adminToken, name, password: goodPassword };
  return personOf(coordinator, await enter(coordinator, '/api/accounts/first', body));
}

/** A page of the browser is signed in as this person, before it is opened. */
export async function signInAs(
  context: BrowserContext,
  { url }: Pick<RunningCoordinator, 'url'>,
  { cookie }: Person,
): Promise<void> {
  const [name = '', value = ''] = cookie.split('=');
  await context.addCookies([{ name, value, url, httpOnly: true, sameSite: 'Strict' }]);
}

/** Invited with the administrator token, signed in by the link. */
export async function invitedPerson(
  coordinator: RunningCoordinator,
  name: string,
  role: AccountRole,
): Promise<Person> {
  const link = await coordinator.call<AccountLink>('POST', '/api/accounts', { body: { name, role } });
  const body = { token: link.body.token, password: goodPassword };
  return personOf(coordinator, await enter(coordinator, '/api/accounts/redeem', body));
}
