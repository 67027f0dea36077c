// The console's own HTTP server: loopback only, one page, and answers in JSON to whoever holds the token.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DomainError, isDomainError } from '@sidemark/core/errors';
import { causeOf, type Log } from '../../platform/log.ts';
import { systemCode } from '../../platform/disk/durable-file.ts';
import { usageError } from '@sidemark/terminal';
import { assertOwnPage, assertToken } from './door.ts';
import { type PageFile, unbuilt } from './page-files.ts';
import type { Answer, Route } from './route.ts';

const loopback = '127.0.0.1';
const mostBytes = 64 * 1024;
const patienceMs = 30_000;

const headers = {
  'content-security-policy':
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' blob: data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
  // what is shown is of this hospital: nothing of it stays in a cache
  'cache-control': 'no-store',
};

export interface ConsoleServerWorld {
  readonly token: string;
  readonly page: ReadonlyMap<string, PageFile>;
  readonly routes: readonly Route[];
  readonly log: Log;
}

export interface ConsoleServer {
  readonly address: string;
  close(): Promise<void>;
}

/** @param port 0: any that is free @throws DomainError `usage` when the port is taken */
export async function serveConsole(port: number, world: ConsoleServerWorld): Promise<ConsoleServer> {
  const server = createServer({ requestTimeout: patienceMs, headersTimeout: patienceMs });
  await listen(server, port);
  const own = (server.address() as AddressInfo).port;
  server.on('request', (request, response) => void serve(request, response, own, world));
  return {
    address: `http://${loopback}:${own}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function listen(server: Server, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(
        systemCode(error) === 'EADDRINUSE'
          ? usageError(`port ${port} of this machine is taken: name another one with --console PORT`)
          : error,
      ),
    );
    server.listen(port, loopback, resolve);
  });
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  port: number,
  world: ConsoleServerWorld,
): Promise<void> {
  try {
    const answer = await answerTo(request, port, world);
    response.writeHead(200, { ...headers, 'content-type': answer.type });
    response.end(request.method === 'HEAD' ? undefined : answer.bytes);
  } catch (error) {
    const refusal = isDomainError(error) ? error : new DomainError('internal');
    if (!isDomainError(error)) world.log.warn('console failed', { cause: causeOf(error) });
    const { code, message: title, status, failureClass: failure, details } = refusal;
    const type = `urn:sidemark:error:${code}`;
    response.writeHead(status, { ...headers, 'content-type': 'application/problem+json' });
    response.end(JSON.stringify({ type, title, status, code, failure, details, requestId: '' }));
  }
}

async function answerTo(
  request: IncomingMessage,
  port: number,
  { token, page, routes }: ConsoleServerWorld,
): Promise<Answer> {
  const { method = '', headers: given, url = '/' } = request;
  assertOwnPage({ method, headers: given }, port);
  const path = url.split(/[?#]/)[0] ?? '/';
  if (!path.startsWith('/api/')) {
    if (method !== 'GET' && method !== 'HEAD') throw new DomainError('not-found');
    const file = page.get(path);
    if (file !== undefined) return file;
    if (path === '/' && page.size === 0)
      return { type: 'text/plain; charset=utf-8', bytes: Buffer.from(unbuilt) };
    throw new DomainError('not-found');
  }
  assertToken({ method, headers: given }, token);
  for (const route of routes) {
    const found = route.method === method ? route.path.exec(path) : null;
    if (found !== null) return route.answer(found.slice(1).map(decoded), await bodyOf(request));
  }
  throw new DomainError('not-found');
}

/** @throws DomainError `not-found` for what is no text */
function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch (cause) {
    throw new DomainError('not-found', {}, { cause });
  }
}

/** @throws DomainError `payload-too-large`, `invalid-input` */
async function bodyOf(request: IncomingMessage): Promise<unknown> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of request as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes > mostBytes) throw new DomainError('payload-too-large', { limitBytes: mostBytes });
    parts.push(part);
  }
  if (bytes === 0) return undefined;
  try {
    return JSON.parse(Buffer.concat(parts).toString('utf8'));
  } catch (cause) {
    throw new DomainError('invalid-input', { fields: ['(body): not JSON'] }, { cause });
  }
}
