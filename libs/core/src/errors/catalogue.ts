// Every way Sidemark can say no: HTTP status, the sentence a person reads (what is wrong, then what to do),
// and the failure class that retries key on. transient: try again later; ambiguous: ask what happened, then
// try again; permanent: something must be changed first.
import { accountErrors } from './catalogue-account.ts';
import { agentErrors } from './catalogue-agent.ts';
import { coordinatorErrors } from './catalogue-coordinator.ts';
import { modelErrors } from './catalogue-model.ts';
import { trustErrors } from './catalogue-trust.ts';

export type FailureClass = 'transient' | 'ambiguous' | 'permanent';

export interface CatalogueEntry {
  readonly status: number;
  readonly failure: FailureClass;
  readonly sentence: string;
}

export const catalogue = {
  ...trustErrors,
  ...accountErrors,
  ...coordinatorErrors,
  ...modelErrors,
  ...agentErrors,
} as const satisfies Record<string, CatalogueEntry>;

export type ErrorCode = keyof typeof catalogue;

export const errorCodes = Object.keys(catalogue) as ErrorCode[];

export function isErrorCode(code: string): code is ErrorCode {
  return Object.hasOwn(catalogue, code);
}
