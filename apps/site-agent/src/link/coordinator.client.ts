// HTTP to the coordinator, the outbound half of the link. It sends what the egress gate has cleared and nothing else,
// follows no redirect (the session would go along), and speaks in errors of the catalogue.
import { Alive, routes, type RouteName, readWith } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { z } from 'zod';
import { rangeFrom, type Cleared, type Outgoing } from '../egress/gate.ts';
import { below } from './address.ts';
import { directly, type Outbound, type OutboundRequest } from './outbound.ts';
import { networkError } from './network-error.ts';
import { refusalFrom } from './refusal.ts';

const timeoutMs = 30_000;

type Answered = {
  [N in RouteName]: (typeof routes)[N] extends { response: z.ZodType } ? N : never;
}[RouteName];
export type AnswerOf<N extends Answered> = z.output<(typeof routes)[N]['response']>;

/** routes that answer with bytes */
export type BlobRoute = 'siteModelBytes' | 'sitePackBytes';

export class CoordinatorClient {
  readonly #address: string;
  readonly #outbound: Outbound;
  #session: string | undefined;
  #onSessionEnded: () => void = () => undefined;

  constructor(address: string, outbound: Outbound = directly) {
    this.#address = address;
    this.#outbound = outbound;
  }

  /** Takes the session of a connection. @param onEnded called when the coordinator no longer knows it. */
  adoptSession(session: string, onEnded: () => void): void {
    this.#session = session;
    this.#onSessionEnded = onEnded;
  }

  dropSession(): void {
    this.#session = undefined;
  }

  get ready(): boolean {
    return this.#session !== undefined;
  }

  /** To be asked before anything is cleared to leave. @throws DomainError `coordinator-unreachable` */
  assertReady(): void {
    this.#requireSession();
  }

  /**
   * Calls a route and parses its answer.
   * @throws DomainError of the coordinator's code, or `coordinator-unreachable`.
   */
  async call<N extends Answered>(
    route: N,
    outgoing: Cleared<Outgoing>,
    signal?: AbortSignal,
  ): Promise<AnswerOf<N>> {
    const timeout = AbortSignal.timeout(timeoutMs);
    const response = await this.#send(
      route,
      outgoing.value,
      signal ? AbortSignal.any([signal, timeout]) : timeout,
    );
    const answer = await unlessCut(() => response.json());
    const parsed = readWith(routes[route].response, answer);
    if (!parsed.success)
      throw new DomainError('internal', { reason: `the answer of ${route} does not fit the contract` });
    return parsed.data as AnswerOf<N>;
  }

  /** @returns the coordinator's clock, in whole seconds, and the contract it speaks @throws DomainError `coordinator-unreachable`, `tls-untrusted` */
  async alive(outgoing: Cleared<Outgoing>): Promise<{ at: Date; contract: number }> {
    const response = await this.#send('alive', outgoing.value, AbortSignal.timeout(timeoutMs));
    const parsed = readWith(Alive, await unlessCut(() => response.json()));
    const at = new Date(response.headers.get('date') ?? '');
    if (!parsed.success || Number.isNaN(at.getTime()))
      throw new DomainError('coordinator-unreachable', { reason: 'something else answers at its address' });
    return { at, contract: parsed.data.contract };
  }

  /** Bytes of a blob, from `from` on where the coordinator takes ranges (status 206) and from 0 elsewhere (200). */
  async bytes(route: BlobRoute, outgoing: Cleared<Outgoing>, signal: AbortSignal): Promise<Response> {
    const silence = new AbortController();
    // for the head of the answer; whoever reads the body watches that it moves
    const timer = setTimeout(() => silence.abort(), timeoutMs);
    const either = AbortSignal.any([signal, silence.signal]);
    return this.#send(route, outgoing.value, either).finally(() => clearTimeout(timer));
  }

  async #send(
    route: RouteName,
    { method, path, body, from }: Outgoing,
    signal: AbortSignal,
  ): Promise<Response> {
    const headers: Record<string, string> = { accept: 'application/json, application/octet-stream' };
    if (body !== undefined) headers['content-type'] = 'application/json';
    if (from !== undefined && from > 0) headers['range'] = rangeFrom(from);
    if (routes[route].access === 'site') headers['authorization'] = `Bearer ${this.#requireSession()}`;
    const request: OutboundRequest = {
      method,
      headers,
      signal,
      redirect: 'error',
      ...(body === undefined ? {} : { body }),
    };
    const response = await unlessCut(() => this.#outbound.fetch(below(this.#address, path), request));
    if (response.ok || response.status === 416) return response;
    const document: unknown = await response.json().catch(() => undefined);
    const refusal =
      refusalFrom(document) ?? new DomainError('coordinator-unreachable', { status: response.status });
    const ended = refusal.code === 'session-expired' || refusal.code === 'unauthenticated';
    if (ended && routes[route].access === 'site') this.#onSessionEnded();
    throw refusal;
  }

  #requireSession(): string {
    if (this.#session === undefined)
      throw new DomainError('coordinator-unreachable', { reason: 'not connected' });
    return this.#session;
  }
}

/** Network work. @throws DomainError `tls-untrusted`, or `coordinator-unreachable` for anything else that cuts it. */
async function unlessCut<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (cause) {
    throw networkError(cause);
  }
}
