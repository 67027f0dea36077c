// Who may ask the console anything. It listens on loopback, but a page of any web site can send requests there, and by DNS
// rebinding under a name of its own: so Host must be this machine's, Origin the console's, and the token the agent's.
import { timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import { DomainError } from '@sidemark/core/errors';
import { sha256 } from '@sidemark/core/signing';

export interface Knock {
  readonly method: string;
  readonly headers: IncomingHttpHeaders;
}

/** Names that resolve to this machine without asking anybody. */
const namesOf = (port: number): readonly string[] => [
  `127.0.0.1:${port}`,
  `localhost:${port}`,
  `[::1]:${port}`,
];

/**
 * For every request, those for the page itself included.
 * @throws DomainError `console-host-refused` for another Host, another Origin, or a request that another page sent
 */
export function assertOwnPage({ method, headers }: Knock, port: number): void {
  const { host, origin } = headers;
  const refuse = (wrong: string): never => {
    throw new DomainError('console-host-refused', { wrong });
  };
  if (host === undefined || !namesOf(port).includes(host.toLowerCase())) refuse('Host');
  const own = `http://${host?.toLowerCase()}`;
  if (origin !== undefined && origin !== own) refuse('Origin');
  if (method !== 'GET' && method !== 'HEAD' && origin !== own) refuse('Origin');
  const fetchSite = headers['sec-fetch-site'];
  // none: typed into the address bar, or a bookmark
  if (fetchSite !== undefined && fetchSite !== 'same-origin' && fetchSite !== 'none')
    refuse('Sec-Fetch-Site');
}

/** For every request but those for the page. @throws DomainError `console-token-invalid` */
export function assertToken({ headers }: Knock, token: string): void {
  const given = /^Bearer ([A-Za-z0-9_-]{43})$/.exec(headers.authorization ?? '')?.[1] ?? '';
  // of equal length whatever was given, and compared in constant time
  const [a, b] = [Buffer.from(sha256(Buffer.from(given))), Buffer.from(sha256(Buffer.from(token)))];
  if (!timingSafeEqual(a, b)) throw new DomainError('console-token-invalid');
}
