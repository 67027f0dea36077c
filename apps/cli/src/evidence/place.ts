// Where in a bundle something does not hold: a JSON path with what stands there and what should.
import { DomainError, isDomainError } from '@sidemark/core/errors';

/** Runs a step and adds the place to its refusal; what is no refusal (a payload of another shape) becomes one. */
export function at<T>(place: string, step: () => T): T {
  try {
    return step();
  } catch (error) {
    if (isDomainError(error))
      throw new DomainError(error.code, { place, ...error.details }, { cause: error });
    throw new DomainError('bundle-altered', { place, reason: String(error) }, { cause: error });
  }
}

/** @throws DomainError `bundle-altered` at the first place where `found` is not what is expected. */
export function requireSame(place: string, found: unknown, expected: unknown): void {
  const difference = firstDifference(place, found, expected);
  if (difference) throw new DomainError('bundle-altered', { ...difference });
}

interface Difference {
  readonly place: string;
  readonly found: string;
  readonly expected: string;
}

function firstDifference(place: string, found: unknown, expected: unknown): Difference | undefined {
  if (isTree(found) && isTree(expected) && Array.isArray(found) === Array.isArray(expected)) {
    for (const key of new Set([...Object.keys(expected), ...Object.keys(found)])) {
      const difference = firstDifference(`${place}.${key}`, found[key], expected[key]);
      if (difference) return difference;
    }
    return undefined;
  }
  if (found === expected) return undefined;
  return { place, found: shown(found), expected: shown(expected) };
}

type Tree = Readonly<Record<string, unknown>>;
const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null;
const shown = (value: unknown): string => (value === undefined ? 'nothing' : JSON.stringify(value));

/** How a bundle is written; one value has one text. */
export const bundleText = (bundle: unknown): string => `${JSON.stringify(bundle, null, 2)}\n`;

/**
 * A digit too many, or a field twice, changes the text of a bundle and no value.
 * @throws DomainError `bundle-altered` with the first line that is not as it was written.
 */
export function requireWrittenForm(text: string, value: unknown): void {
  const [found, expected] = [text.split('\n'), bundleText(value).split('\n')];
  const line = Array.from({ length: Math.max(found.length, expected.length) }, (_, i) => i).find(
    (i) => found[i] !== expected[i],
  );
  if (line !== undefined) requireSame(`line ${line + 1}`, found[line], expected[line]);
}
