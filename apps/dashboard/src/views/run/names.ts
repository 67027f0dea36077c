// How cells and comparisons are called, as short as they stay clear.
import type { CellRef } from '@sidemark/core/contract';
import { armNames } from '../../format/words.ts';

export const cellName = ({ classifier, arm }: CellRef): string => `${classifier} on ${armNames[arm]}`;

/** What tells the two apart: the arm of one model, the model on one arm, or both. */
export function sideNames(a: CellRef, b: CellRef): readonly [a: string, b: string] {
  if (a.classifier === b.classifier) return [armNames[a.arm], armNames[b.arm]];
  if (a.arm === b.arm) return [a.classifier, b.classifier];
  return [cellName(a), cellName(b)];
}
