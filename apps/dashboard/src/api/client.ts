// Asks the coordinator. Every failure becomes one Failure that says what happened and what to do.
import type { Problem } from '@sidemark/core/contract';
import { type Answers, addressOf } from './paths.ts';
import { session } from './session.ts';

export class Failure extends Error {
  /** @param status of HTTP; 0: nothing came back */
  constructor(
    message: string,
    readonly status: number,
    readonly code: string,
  ) {
    super(message);
  }
}

const unreachable = 'The coordinator does not answer. This page tries again by itself; nothing is lost.';

/** @param token of a person who is not signed in yet @throws Failure */
export async function ask<Name extends keyof Answers>(
  name: Name,
  params: Readonly<Record<string, string>> = {},
  signal?: AbortSignal,
  token: string | null = session.token(),
): Promise<Answers[Name]> {
  const response = await fetch(addressOf(name, params), {
    headers: { authorization: `Bearer ${token ?? ''}`, accept: 'application/json' },
    cache: 'no-store',
    ...(signal === undefined ? {} : { signal }),
  }).catch((cause: unknown) => {
    if (signal?.aborted) throw cause;
    throw new Failure(unreachable, 0, 'unreachable');
  });
  if (response.status === 401 && session.state() === 'open') session.close(true);
  if (!response.ok) throw await failureOf(response);
  return (await response.json()) as Answers[Name];
}

async function failureOf(response: Response): Promise<Failure> {
  const problem = (await response.json().catch(() => null)) as Partial<Problem> | null;
  if (typeof problem?.title !== 'string' || typeof problem.code !== 'string')
    return new Failure(`The coordinator answers ${response.status}.`, response.status, 'unknown');
  const wait = problem.details?.['retryAfterSeconds'];
  const when = typeof wait === 'number' ? ` Try again in ${wait} s.` : '';
  return new Failure(`${problem.title}${when}`, response.status, problem.code);
}
