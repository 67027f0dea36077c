// `/metrics`, for Prometheus: to this very machine as it is, to others with the token of SIDEMARK_METRICS_TOKEN_FILE.
import { timingSafeEqual } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { NestExpressApplication } from '@nestjs/platform-express';
import type { NextFunction, Request, Response } from 'express';
import { DomainError } from '@sidemark/core/errors';
import { sha256 } from '@sidemark/core/signing';
import { type Config, ConfigError } from '../config.ts';
import { ProblemFilter } from '../platform/http/problem.filter.ts';
import { MetricsService } from './metrics.service.ts';

const leastLength = 32;

/** @throws ConfigError when the file cannot be read or what it holds can be guessed */
export async function readMetricsToken({ metricsTokenFile }: Config): Promise<string | undefined> {
  if (metricsTokenFile === undefined) return undefined;
  const token = await readFile(metricsTokenFile, 'utf8').catch((cause: unknown) => {
    throw new ConfigError(`SIDEMARK_METRICS_TOKEN_FILE: the file cannot be read: ${metricsTokenFile}`, {
      cause,
    });
  });
  if (token.trim().length < leastLength)
    throw new ConfigError(
      `SIDEMARK_METRICS_TOKEN_FILE: fewer than ${leastLength} characters: make one with openssl rand -hex 32`,
    );
  return token.trim();
}

/** Before the application's own routes. */
export function serveMetrics(app: NestExpressApplication, token: string | undefined): void {
  const metrics = app.get(MetricsService);
  const problems = app.get(ProblemFilter);
  app.use((request: Request, response: Response, next: NextFunction) => {
    const start = performance.now();
    response.once('finish', () => {
      // a page or a file has no route: each would be a label of its own
      const route = (request.route as { path?: unknown } | undefined)?.path;
      const code: unknown = response.locals['code'];
      metrics.answered({
        method: request.method,
        route: typeof route === 'string' ? route : undefined,
        status: response.statusCode,
        seconds: (performance.now() - start) / 1000,
        code: typeof code === 'string' ? code : undefined,
      });
    });
    next();
  });
  app.use('/metrics', (request: Request, response: Response) => {
    answer(request, response).catch((error: unknown) => problems.answer(error, response));
  });
  const answer = async (request: Request, response: Response): Promise<void> => {
    if (!isAllowed(request, token)) throw new DomainError('unauthenticated');
    const { type, body } = await metrics.text();
    response.setHeader('Cache-Control', 'no-store');
    response.status(200).type(type).send(body);
  };
}

/** What a proxy hands on comes from this machine, too: whoever asks through one needs the token. */
function isAllowed({ socket, headers }: Request, token: string | undefined): boolean {
  const isForwarded = headers['x-forwarded-for'] !== undefined || headers.forwarded !== undefined;
  const address = (socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  if (!isForwarded && (address === '::1' || /^127\./.test(address))) return true;
  if (token === undefined) return false;
  return timingSafeEqual(digest(headers.authorization ?? ''), digest(`Bearer ${token}`));
}

const digest = (text: string): Buffer => Buffer.from(sha256(text), 'hex');
