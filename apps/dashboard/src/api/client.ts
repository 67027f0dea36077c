// Asks the coordinator, and has it do things. Every failure becomes one Failure that says what happened and what to do.
import type { Problem } from '@sidemark/core/contract';
import { type Deeds, deedPaths } from './deeds.ts';
import { type Answers, filled, paths } from './paths.ts';
import { session } from './session.ts';

type Params = Readonly<Record<string, string>>;

export class Failure extends Error {
  /**
   * @param status of HTTP; 0: nothing came back
   * @param points what is to be corrected, one by one
   */
  constructor(
    message: string,
    readonly status: number,
    readonly code: string,
    readonly points: readonly string[] = [],
  ) {
    super(message);
  }
}

const unreachable = 'The coordinator does not answer. This page tries again by itself; nothing is lost.';
const undone =
  'The coordinator does not answer, so it is not known whether this was done. Look at the page when it is back, before you try again.';

/** @throws Failure */
export async function ask<Name extends keyof Answers>(
  name: Name,
  params: Params = {},
  signal?: AbortSignal,
): Promise<Answers[Name]> {
  const init = { headers: { accept: 'application/json' }, ...(signal === undefined ? {} : { signal }) };
  const response = await send(filled(paths[name], params), init, unreachable);
  return (await response.json()) as Answers[Name];
}

/** Changes something. @throws Failure */
export async function act<Name extends keyof Deeds>(
  name: Name,
  ...[body = null, params = {}]: Deeds[Name]['body'] extends null
    ? [body?: null, params?: Params]
    : [body: Deeds[Name]['body'], params?: Params]
): Promise<Deeds[Name]['answer']> {
  const response = await send(
    filled(deedPaths[name], params),
    {
      method: 'POST',
      headers: {
        ...{ accept: 'application/json', 'x-sidemark-proof': session.proof() },
        ...(body === null ? {} : { 'content-type': 'application/json' }),
      },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    },
    undone,
  );
  return (await response.json()) as Deeds[Name]['answer'];
}

async function send(address: string, init: RequestInit, silence: string): Promise<Response> {
  const options: RequestInit = { ...init, cache: 'no-store', credentials: 'same-origin' };
  const response = await fetch(address, options).catch((cause: unknown) => {
    if (init.signal?.aborted) throw cause;
    throw new Failure(silence, 0, 'unreachable');
  });
  if (response.ok) return response;
  const problem: unknown = await response.json().catch(() => null);
  throw failureOf(response.status, problem);
}

/** Codes that mean: nobody is signed in any more. */
const ended = new Set(['signed-out', 'unauthenticated']);

/** @param body the body of the refusal, whatever came */
export function failureOf(status: number, body: unknown): Failure {
  const problem = body as Partial<Problem> | null;
  if (typeof problem?.title !== 'string' || typeof problem.code !== 'string')
    return new Failure(`The coordinator answers ${status}.`, status, 'unknown');
  if (status === 401 && ended.has(problem.code)) session.end();
  const wait = problem.details?.['retryAfterSeconds'];
  const when = typeof wait === 'number' ? ` Try again in ${wait} s.` : '';
  return new Failure(`${problem.title}${when}`, status, problem.code, pointsOf(problem.details ?? {}));
}

/** Facts of a refusal in lines: its lists one by one, else what was expected and found. */
function pointsOf(details: Problem['details']): string[] {
  const shown = Object.entries(details).filter(([name]) => name !== 'retryAfterSeconds');
  return shown.flatMap(([name, value]) => (Array.isArray(value) ? value : [`${name}: ${String(value)}`]));
}
