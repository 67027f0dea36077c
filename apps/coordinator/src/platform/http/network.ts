// What stands between the coordinator and the network: TLS, whose word about callers is believed, headers, timeouts.
import { readFile } from 'node:fs/promises';
import type { Server } from 'node:http';
import { createSecureContext } from 'node:tls';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { RequestHandler } from 'express';
import helmet from 'helmet';
import { type Config, ConfigError, isOverTls } from '../../config.ts';

const headersMs = 30_000;

/** Certificate and key. @throws ConfigError naming what cannot be read, or that they do not fit. */
export async function readTls({ tls }: Config): Promise<{ cert: Buffer; key: Buffer } | undefined> {
  if (tls === undefined) return undefined;
  const read = (variable: string, file: string): Promise<Buffer> =>
    readFile(file).catch((cause: unknown) => {
      throw new ConfigError(`${variable}: the file cannot be read: ${file}`, { cause });
    });
  const pair = {
    cert: await read('SIDEMARK_TLS_CERT_FILE', tls.certFile),
    key: await read('SIDEMARK_TLS_KEY_FILE', tls.keyFile),
  };
  try {
    createSecureContext(pair);
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ConfigError(
      `SIDEMARK_TLS_CERT_FILE, SIDEMARK_TLS_KEY_FILE: not a PEM certificate and its key (${reason})`,
      { cause },
    );
  }
  return pair;
}

/** To be called before any route is served. */
export function openToTheNetwork(app: NestExpressApplication, config: Config): void {
  app.disable('x-powered-by');
  if (config.trustProxy !== undefined) app.set('trust proxy', config.trustProxy);
  app.use(securityHeaders(isOverTls(config)));
  limitTimes(app.getHttpServer(), { headersMs, idleMs: config.idleSeconds * 1000 });
}

/**
 * Nobody's scripts, styles, pictures or connections but our own, and nothing written into a page. The documents page
 * alone writes its styles into itself.
 * @param overTls whether people come by https: only then may a browser be told to insist on it.
 */
function securityHeaders(overTls: boolean): RequestHandler {
  const self = ["'self'"];
  const policy = (styleSrc: string[]): ReturnType<typeof helmet> =>
    helmet({
      strictTransportSecurity: overTls ? { maxAge: 31_536_000, includeSubDomains: false } : false,
      contentSecurityPolicy: {
        useDefaults: false,
        directives: {
          ...{ defaultSrc: ["'none'"], scriptSrc: self, styleSrc, connectSrc: self },
          ...{ imgSrc: ["'self'", 'data:'], fontSrc: ["'self'", 'data:'] },
          ...{ baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] },
        },
      },
    });
  const [everywhere, documents] = [policy(self), policy(["'self'", "'unsafe-inline'"])];
  const isDocuments = /^\/docs(\/|$)/;
  return (request, response, next) =>
    (isDocuments.test(request.path) ? documents : everywhere)(request, response, next);
}

export interface Times {
  /** for the headers of a request to arrive */
  readonly headersMs: number;
  /** without one byte in either direction */
  readonly idleMs: number;
}

/** No time for a whole request: a model on a slow line takes what it takes, as long as it moves. */
export function limitTimes(server: Server, { headersMs, idleMs }: Times): void {
  server.headersTimeout = headersMs;
  server.requestTimeout = 0;
  server.setTimeout(idleMs);
}
