// Which coordinator addresses may be spoken to: HTTPS, or plain HTTP on this machine, or what was allowed on purpose.
import { DomainError } from '@sidemark/core/errors';

const loopback = /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/;

/** @throws DomainError `insecure-address` */
export function assertSecureAddress(address: string, allowHttp: boolean): void {
  const { protocol, hostname, origin } = new URL(address);
  if (protocol === 'https:') return;
  if (protocol === 'http:' && (allowHttp || loopback.test(hostname))) return;
  throw new DomainError('insecure-address', { address: origin });
}

/** A path of the contract below the coordinator's address, which may itself have a path. */
export function below(address: string, path: string): URL {
  const base = new URL(address);
  return new URL(`${base.pathname.replace(/\/+$/, '')}${path}`, base.origin);
}
