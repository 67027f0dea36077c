// Which errors of Prisma, its adapter and the socket below mean "no database", and which mean "exists already".
import { DomainError } from '@sidemark/core/errors';

/** Prisma's connection codes, PostgreSQL's class 08 and 57 codes, and those of the socket. */
const unavailableCodes =
  /^(P10(00|01|02|03|08|10|11|17)|P2024|P2028|P2037|08\w{3}|53300|57P0\d|ECONN(REFUSED|RESET)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH)$/;
/** PostgreSQL's disk_full and io_error */
const diskCodes = /^(53100|58030)$/;
const unavailableWords =
  /Connection terminated|timeout exceeded when trying to connect|Query read timeout|server has closed the connection|Can't reach database|database system is (starting up|shutting down)|terminating connection|Client has encountered a connection error|not queryable/i;

interface ErrorLike {
  readonly code?: unknown;
  readonly originalCode?: unknown;
  readonly message?: unknown;
  readonly cause?: unknown;
  readonly meta?: { readonly driverAdapterError?: unknown };
}

/** The error itself and what it was caused by, outermost first. */
function chainOf(error: unknown): ErrorLike[] {
  const chain: ErrorLike[] = [];
  let next = error;
  while (typeof next === 'object' && next !== null && chain.length < 8) {
    const link: ErrorLike = next;
    chain.push(link);
    next = link.cause ?? link.meta?.driverAdapterError;
  }
  return chain;
}

const codesOf = (link: ErrorLike): string[] =>
  [link.code, link.originalCode].filter((code) => typeof code === 'string');

function isUnavailable(link: ErrorLike): boolean {
  if (codesOf(link).some((code) => unavailableCodes.test(code))) return true;
  return typeof link.message === 'string' && unavailableWords.test(link.message);
}

/** What a database error means to a caller, or undefined when it means a mistake of ours. */
export function databaseError(error: unknown): DomainError | undefined {
  if (error instanceof DomainError) return undefined;
  const chain = chainOf(error);
  const isPrisma = chain.some(
    (link) => String((link as Error).name).startsWith('PrismaClient') || 'clientVersion' in link,
  );
  if (chain.some((link) => link.code === 'P2002'))
    return new DomainError('already-exists', {}, { cause: error });
  if (isPrisma && chain.some((link) => codesOf(link).some((code) => diskCodes.test(code))))
    return new DomainError('disk-failed', { disk: 'the database of the coordinator' }, { cause: error });
  const fromSocket = chain.some((link) => 'syscall' in link && 'port' in link);
  if ((isPrisma || fromSocket) && chain.some(isUnavailable)) {
    return new DomainError('database-unavailable', {}, { cause: error });
  }
  return undefined;
}
