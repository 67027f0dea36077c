// One after another: what differs from something already shown on fewer patients than the floor would tell of them.
import { isTooFew } from '../../../policy/floors.ts';

/**
 * True for each item that is too close to an earlier one that is shown.
 * @param affected patients on whom two items differ
 * @param shown from the start, beside the items
 */
export function tooClose<T>(
  items: readonly T[],
  affected: (a: T, b: T) => number,
  floor: number,
  shown: readonly T[] = [],
): boolean[] {
  const seen = [...shown];
  return items.map((item) => {
    const close = seen.some((other) => isTooFew(affected(item, other), floor));
    if (!close) seen.push(item);
    return close;
  });
}
