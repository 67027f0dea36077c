// A refusal of the coordinator, back as the same error of the catalogue.
import { Problem, readWith } from '@sidemark/core/contract';
import { DomainError, isErrorCode, type ErrorCode } from '@sidemark/core/errors';

/** What stands for a code that this agent, perhaps the older side, does not know. */
const unknownCode: Record<Problem['failure'], ErrorCode> = {
  transient: 'coordinator-unreachable',
  ambiguous: 'internal',
  permanent: 'state-conflict',
};

/** The error a problem document tells of; undefined when it is none (a proxy's page, say). */
export function refusalFrom(document: unknown): DomainError | undefined {
  const parsed = readWith(Problem, document);
  if (!parsed.success) return undefined;
  const { code, failure, title, details } = parsed.data;
  return isErrorCode(code)
    ? new DomainError(code, details)
    : new DomainError(unknownCode[failure], { code, title });
}
