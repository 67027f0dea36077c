// The one error class of Sidemark. Services throw it; one filter and one CLI printer turn it into words.
import { catalogue, type ErrorCode, type FailureClass } from './catalogue.ts';

export type ErrorDetails = Readonly<Record<string, string | number | boolean | readonly string[]>>;

export class DomainError extends Error {
  /**
   * @param code key of the catalogue: decides HTTP status, public sentence and failure class.
   * @param details facts for the reader of the problem document; never patient-related, never a path of a site.
   */
  constructor(
    readonly code: ErrorCode,
    readonly details: ErrorDetails = {},
    options?: ErrorOptions,
  ) {
    super(catalogue[code].sentence, options);
    this.name = 'DomainError';
  }

  get status(): number {
    return catalogue[this.code].status;
  }

  get failureClass(): FailureClass {
    return catalogue[this.code].failure;
  }
}

/** Narrows a caught value; with `code`, also to that code. */
export function isDomainError(error: unknown, code?: ErrorCode): error is DomainError {
  return error instanceof DomainError && (code === undefined || error.code === code);
}
