// The one translator from errors to HTTP: problem+json (RFC 9457) with code, failure class and request id.
import { type ArgumentsHost, Catch, type ExceptionFilter, Inject, Logger } from '@nestjs/common';
import type { Response } from 'express';
import { errorFields } from '../json-log.ts';
import { asDomainError, problemOf } from './problem.ts';
import { Random } from '../random.ts';

@Catch()
export class ProblemFilter implements ExceptionFilter {
  private readonly logger = new Logger('problem');

  constructor(@Inject(Random) private readonly random: Random) {}

  catch(error: unknown, host: ArgumentsHost): void {
    this.answer(error, host.switchToHttp().getResponse<Response>());
  }

  /** Also for errors met before Nest's own routing. */
  answer(error: unknown, response: Response): void {
    const refusal = asDomainError(error);
    const requestId = this.random.uuid();
    response.locals['code'] = refusal.code;
    if (refusal.code === 'internal')
      this.logger.error({ event: 'internal', requestId, ...errorFields(refusal.cause) });
    if (response.headersSent) return void response.destroy();
    if (refusal.status === 401 && !response.hasHeader('WWW-Authenticate')) {
      response.setHeader('WWW-Authenticate', 'Bearer');
    }
    const wait = refusal.code === 'rate-limited' ? refusal.details['retryAfterSeconds'] : undefined;
    if (typeof wait === 'number') response.setHeader('Retry-After', wait);
    response
      .status(refusal.status)
      .type('application/problem+json')
      .send(JSON.stringify(problemOf(refusal, requestId)));
  }
}
