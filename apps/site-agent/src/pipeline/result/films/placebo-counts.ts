// What became of the placebo of each film with a marker.
import type { PlaceboCounts } from '@sidemark/core/contract';
import { disclosedList, patientCells } from '@sidemark/core/stats';
import type { CommonSet } from '../common-set.ts';

/** The two add up to the films with a marker that need no review, so one is hidden with the other. */
export function placeboCounts({ rows, images }: CommonSet, floor: number): PlaceboCounts {
  const numbers = new Map<string, number>();
  const patients = rows.map(({ patient }) => {
    const number = numbers.get(patient) ?? numbers.size;
    numbers.set(patient, number);
    return number;
  });
  const kinds = ['filled', 'no-place'] as const;
  const cellOf = images.map(({ placebo }) => {
    const at = kinds.findIndex((kind) => kind === placebo);
    return at < 0 ? undefined : at;
  });
  const [filled, withoutPlace] = disclosedList(patientCells(cellOf, patients, kinds.length), floor);
  return { filled: filled!, withoutPlace: withoutPlace! };
}
