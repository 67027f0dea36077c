// What cut the network, from any client's error: trust has a code of its own, because another person can mend it.
import { DomainError } from '@sidemark/core/errors';

/** OpenSSL's verdicts on a certificate, as Node names them. */
const untrusted =
  /^(UNABLE_TO_\w+|\w*SELF_SIGNED\w*|CERT_\w+|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH_EXCEEDED|HOSTNAME_MISMATCH|ERR_TLS_CERT_ALTNAME_INVALID)$/;

/** Where the clients keep what happened: undici, `ws`, the polling of engine.io. */
const places = ['cause', 'description', 'context', 'error', 'statusText'] as const;
const depth = 6;

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

function codesIn(value: unknown, left = depth): string[] {
  if (!isObject(value) || left === 0) return [];
  const own = typeof value['code'] === 'string' ? [value['code']] : [];
  return [...own, ...places.flatMap((place) => codesIn(value[place], left - 1))];
}

/** The error of the catalogue: `tls-untrusted` or `coordinator-unreachable`, with the system's code as its reason. */
export function networkError(cause: unknown): DomainError {
  const codes = codesIn(cause);
  const verdict = codes.find((code) => untrusted.test(code));
  if (verdict !== undefined) return new DomainError('tls-untrusted', { reason: verdict }, { cause });
  const said = isObject(cause) && typeof cause['message'] === 'string' ? cause['message'] : String(cause);
  return new DomainError('coordinator-unreachable', { reason: codes.at(-1) ?? said }, { cause });
}
