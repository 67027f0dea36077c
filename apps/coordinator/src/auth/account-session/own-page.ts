// Does a request that changes something come from our own page? A browser sends cookies, and a password it was once asked
// for, along with requests that other pages make.
import { timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';
import { proofHeader } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';

const safe = new Set(['GET', 'HEAD', 'OPTIONS']);

export const changesSomething = ({ method }: Pick<Request, 'method'>): boolean => !safe.has(method);

/**
 * Programs send no Origin and are let pass: they hold no cookie that was not given to them.
 * @param publicUrl where people come by a proxy that changes the Host
 * @throws DomainError `request-not-ours`
 */
export function refuseForeignPage(request: Request, publicUrl: string | undefined): void {
  const { origin } = request.headers;
  const site = request.headers['sec-fetch-site'];
  if (site !== undefined && site !== 'same-origin' && site !== 'none')
    throw new DomainError('request-not-ours');
  if (origin === undefined) return;
  const own = [request.headers.host, request.host, publicUrl && new URL(publicUrl).host];
  if (!URL.canParse(origin) || !own.includes(new URL(origin).host)) throw new DomainError('request-not-ours');
}

/** @param proof of the session. @throws DomainError `request-not-ours` */
export function requireProof({ headers }: Request, proof: string): void {
  const given = headers[proofHeader];
  const [a, b] = [Buffer.from(typeof given === 'string' ? given : ''), Buffer.from(proof)];
  if (a.length !== b.length || !timingSafeEqual(a, b)) throw new DomainError('request-not-ours');
}
