// From any error to the one problem document, for HTTP and for the socket.
import { ZodError } from 'zod';
import type { Problem } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { databaseError } from '../database/database-errors.ts';
import { issueLines } from './zod.pipe.ts';

interface HttpLike {
  readonly type?: unknown;
  readonly status?: unknown;
}

/** Express' body parsers and Nest's own errors, by their status. */
function httpError(error: HttpLike): DomainError | undefined {
  if (error.type === 'entity.too.large' || error.status === 413) return new DomainError('payload-too-large');
  if (error.status === 404) return new DomainError('not-found', { what: 'route' });
  if (typeof error.status === 'number' && error.status >= 400 && error.status < 500) {
    const reason = error.type === 'entity.parse.failed' ? 'the body is not JSON' : 'the request is malformed';
    return new DomainError('invalid-input', { reason });
  }
  return undefined;
}

/** The refusal an error stands for; the unexpected becomes `internal` and keeps its cause for the log. */
export function asDomainError(error: unknown): DomainError {
  if (error instanceof DomainError) return error;
  if (error instanceof ZodError) return new DomainError('invalid-input', { fields: issueLines(error) });
  const known = databaseError(error) ?? httpError(statusOf(error));
  return known ?? new DomainError('internal', {}, { cause: error });
}

function statusOf(error: unknown): HttpLike {
  return typeof error === 'object' && error !== null ? error : {};
}

export function problemOf(error: DomainError, requestId: string): Problem {
  return {
    type: `https://sidemark.invalid/problems/${error.code}`,
    title: error.message,
    status: error.status,
    code: error.code,
    failure: error.failureClass,
    details: { ...error.details } as Problem['details'],
    requestId,
  };
}
