// How a job ends when its work throws, and what is worth another try.
import { RefusalCode } from '@sidemark/core/contract';
import { isDomainError, type ErrorCode } from '@sidemark/core/errors';

export interface JobEnding {
  readonly state: 'refused' | 'failed';
  /** all the coordinator learns */
  readonly code: RefusalCode;
}

/** Codes that leave the site under a broader one. */
const broader: Partial<Record<ErrorCode, RefusalCode>> = {
  'model-digest-mismatch': 'release-invalid',
  'model-not-onnx': 'model-unloadable',
  'model-too-large': 'model-unloadable',
  'model-external-data': 'model-unloadable',
  'model-domain': 'model-unloadable',
  'model-control-flow': 'model-unloadable',
  'model-functions': 'model-unloadable',
  'model-tensor-invalid': 'model-unloadable',
  'model-opset-mismatch': 'model-unloadable',
  'model-interface-mismatch': 'model-unloadable',
  'model-decode-unsupported': 'model-unloadable',
  'model-map-unavailable': 'model-unloadable',
};

const failures: readonly RefusalCode[] = ['inference-failed', 'internal'];

/** The ending for an error: the code alone, without counts or details. */
export function endingOf(error: unknown): JobEnding {
  const named = isDomainError(error) ? RefusalCode.safeParse(broader[error.code] ?? error.code) : undefined;
  const code = named?.success ? named.data : 'internal';
  return { state: failures.includes(code) ? 'failed' : 'refused', code };
}

/** Tries after which a failure that may have been chance counts as one. */
const limited: Partial<Record<ErrorCode, number>> = { 'inference-failed': 3, 'model-digest-mismatch': 2 };

const waiting: readonly ErrorCode[] = ['disclosure-held', 'budget-exhausted', 'report-held'];

/** True when the report is computed, and a person of the site must look at it before it leaves. */
export function waitsForPerson(error: unknown): boolean {
  return isDomainError(error) && waiting.includes(error.code);
}

/** Refusals of class `permanent` that pass without the job changing: somebody resumes the site or mends a file. */
const passing: readonly ErrorCode[] = ['unauthenticated', 'site-suspended', 'policy-invalid'];

/** True for a failure that may have been chance and has not happened often yet. */
export function mayHaveBeenChance(error: unknown, attempt: number): boolean {
  return isDomainError(error) && attempt < (limited[error.code] ?? 0);
}

/** True when the work may be done again: for ever where time or a person mends it, a few times where it was chance. */
export function worthAnotherTry(error: unknown, attempt: number): boolean {
  if (!isDomainError(error)) return false;
  const most = limited[error.code];
  if (most !== undefined) return attempt < most;
  return error.failureClass !== 'permanent' || passing.includes(error.code);
}
