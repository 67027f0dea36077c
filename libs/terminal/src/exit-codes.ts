// What a script may rely on: the exit code of every `sidemark` command.
import { DomainError } from '@sidemark/core/errors';

export const exitCodes = {
  done: 0,
  failed: 1,
  usage: 2,
  refused: 3,
  unreachable: 4,
} as const;

export const exitCodeHelp = `Exit codes: 0 done; 1 failed unexpectedly; 2 the command or its input cannot be understood;
3 refused (the message says why and what to do); 4 a server, disk or network is out of reach: try again.`;

/** The exit code of an error: transient refusals are 4, input errors 2, other refusals 3, the unexpected 1. */
export function exitCodeOf(error: unknown): number {
  if (!(error instanceof DomainError)) return exitCodes.failed;
  if (error.failureClass === 'transient') return exitCodes.unreachable;
  return error.code === 'usage' || error.code === 'invalid-input' ? exitCodes.usage : exitCodes.refused;
}
