// An error as the page shows it: the words of the catalogue; those of an unexpected one stay in the log.
import type { ConsolePictures } from '@sidemark/core/contract';
import { DomainError, isDomainError } from '@sidemark/core/errors';
import { detailLines } from './detail-lines.ts';

type Problem = Extract<ConsolePictures, { state: 'failed' }>['problem'];

export function problemOf(error: unknown): Problem {
  const { code, message, details } = isDomainError(error) ? error : new DomainError('internal');
  return { code, message, details: detailLines(details) };
}
