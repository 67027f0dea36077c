// Calls the coordinator's routes by their name in the contract; answers are parsed, refusals become DomainErrors.
import { Readable } from 'node:stream';
import type { ReadableStream } from 'node:stream/web';
import type { z } from 'zod';
import { Problem, routes, type Route, type RouteName, readWith } from '@sidemark/core/contract';
import { DomainError, isDomainError, isErrorCode } from '@sidemark/core/errors';
import type { Connection } from './config.ts';
import { type OutboundRequest, send } from './outbound.ts';

type Answer<N extends RouteName> = (typeof routes)[N] extends { response: infer S extends z.ZodType }
  ? z.infer<S>
  : never;

export interface CallOptions {
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  /** raw bytes instead of a JSON body */
  readonly bytes?: Uint8Array;
}

function address(connection: Connection, route: Route, options: CallOptions): URL {
  const path = route.path.replace(/:(\w+)/g, (_, name: string) =>
    encodeURIComponent(options.params?.[name] ?? ''),
  );
  const url = new URL(connection.url + path);
  for (const [key, value] of Object.entries(options.query ?? {})) url.searchParams.set(key, value);
  return url;
}

function request(connection: Connection, route: Route, options: CallOptions): OutboundRequest {
  const authorization = `Bearer ${connection.token}`;
  if (options.bytes !== undefined) {
    return {
      method: route.method,
      headers: { authorization, 'content-type': 'application/octet-stream' },
      body: Uint8Array.from(options.bytes),
    };
  }
  if (options.body === undefined) return { method: route.method, headers: { authorization } };
  return {
    method: route.method,
    headers: { authorization, 'content-type': 'application/json' },
    body: JSON.stringify(options.body),
  };
}

async function refusal(response: Response): Promise<DomainError> {
  const problem = readWith(Problem, await response.json().catch(() => null));
  if (problem.success && isErrorCode(problem.data.code))
    return new DomainError(problem.data.code, problem.data.details);
  return new DomainError('internal', {
    status: response.status,
    code: problem.success ? problem.data.code : 'none',
  });
}

/** @throws DomainError the coordinator's refusal, or `coordinator-unreachable` */
async function ask(connection: Connection, route: Route, options: CallOptions): Promise<Response> {
  let response: Response;
  try {
    const url = address(connection, route, options);
    response = await send(connection, url, request(connection, route, options));
  } catch (cause) {
    if (isDomainError(cause)) throw cause;
    throw new DomainError('coordinator-unreachable', { url: connection.url }, { cause });
  }
  if (!response.ok) throw await refusal(response);
  return response;
}

/**
 * One call.
 * @throws DomainError the coordinator's refusal, or `coordinator-unreachable`.
 */
export async function call<N extends RouteName>(
  connection: Connection,
  name: N,
  options: CallOptions = {},
): Promise<Answer<N>> {
  const route: Route = routes[name];
  const response = await ask(connection, route, options);
  const answer: unknown = await response.json();
  return route.response?.parse(answer) as Answer<N>;
}

/** The body of a route that answers with raw bytes, as it comes. @throws as `call` */
export async function bytes(
  connection: Connection,
  name: RouteName,
  options: CallOptions = {},
): Promise<AsyncIterable<Uint8Array>> {
  const { body } = await ask(connection, routes[name], options);
  return body === null ? Readable.from([]) : Readable.fromWeb(body as ReadableStream<Uint8Array>);
}
