// How cells and comparisons are called, as short as they stay clear.
import type { Analysis, CellRef } from '@sidemark/core/contract';
import { armNames } from '../../format/words.ts';
import type { Figure } from './pooled.ts';

export const cellName = ({ classifier, arm }: CellRef): string => `${classifier} on ${armNames[arm]}`;

/** What tells the two apart: the arm of one model, the model on one arm, or both. */
export function sideNames(a: CellRef, b: CellRef): readonly [a: string, b: string] {
  if (a.classifier === b.classifier) return [armNames[a.arm], armNames[b.arm]];
  if (a.arm === b.arm) return [a.classifier, b.classifier];
  return [cellName(a), cellName(b)];
}

/** Every model that the analysis speaks of, binary ones first. */
export const modelNames = ({ cells, multiclass }: Pick<Analysis, 'cells' | 'multiclass'>): string[] => [
  ...new Set([...cells, ...multiclass].map(({ classifier }) => classifier)),
];

/** The model asked for; otherwise the one that the figure compares with, whose markers are the question. */
export function chosenModel(
  analysis: Pick<Analysis, 'cells' | 'multiclass'>,
  figure: Figure | undefined,
  wanted: string | null,
): string {
  const names = modelNames(analysis);
  if (wanted !== null && names.includes(wanted)) return wanted;
  if (figure?.kind === 'comparison') return figure.of.b.classifier;
  return figure?.of.classifier ?? names[0] ?? '';
}
