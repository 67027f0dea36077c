export { catalogue, errorCodes, isErrorCode } from './catalogue.ts';
export type { CatalogueEntry, ErrorCode, FailureClass } from './catalogue.ts';
export { DomainError, isDomainError } from './domain-error.ts';
export type { ErrorDetails } from './domain-error.ts';
