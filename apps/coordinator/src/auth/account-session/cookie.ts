// The cookie of a session: out of reach for scripts, never sent from other sites, over TLS only where there is TLS.
import { parseCookie } from 'cookie';
import type { CookieOptions, Request, Response } from 'express';
import { type Config, isOverTls } from '../../config.ts';
import type { FreshCookie } from './account-sessions.service.ts';

/** With the prefix a browser takes it over TLS only, for this host and all its paths. */
const nameOf = (config: Config): string => (isOverTls(config) ? '__Host-sidemark' : 'sidemark');

const optionsOf = (config: Config): CookieOptions => ({
  httpOnly: true,
  sameSite: 'strict',
  secure: isOverTls(config),
  path: '/',
});

export function cookieOf({ headers }: Request, config: Config): string | undefined {
  return headers.cookie === undefined ? undefined : parseCookie(headers.cookie)[nameOf(config)];
}

export function setCookie(response: Response, config: Config, { token, expiresAt }: FreshCookie): void {
  response.cookie(nameOf(config), token, { ...optionsOf(config), expires: expiresAt });
}

export function clearCookie(response: Response, config: Config): void {
  response.clearCookie(nameOf(config), optionsOf(config));
}
