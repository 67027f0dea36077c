// How the films of the site lie, counted: of every film that was read, evaluated or excluded.
import type { FilmChecksResult, ReportResult } from '@sidemark/core/contract';
import type { DatasetRow } from '../../../dataset/registered-dataset.ts';
import { isTooFew } from '../../../policy/floors.ts';
import type { FilmFlags, ImageOutcome } from '../../image/image-outcome.ts';
import { sizeOf } from '../common-set.ts';

const tooFew = { kind: 'not-estimable', reason: 'too-few-affected' } as const;

/**
 * No field without a judged film.
 * @param outcomes parallel to rows
 * @param floor fewest patients that a count, or what it leaves, may point at
 */
export function filmChecks(
  rows: readonly DatasetRow[],
  outcomes: readonly ImageOutcome[],
  floor: number,
): Pick<ReportResult, 'checks'> {
  const judged = rows.flatMap((row, i) => {
    const { flags } = outcomes[i]!;
    return flags ? [{ row, flags }] : [];
  });
  if (judged.length === 0) return {};
  const count = (has: (flags: FilmFlags) => boolean): FilmChecksResult['inverted'] => {
    const flagged = judged.filter(({ flags }) => has(flags)).map(({ row }) => row);
    const others = judged.filter(({ flags }) => !has(flags)).map(({ row }) => row);
    const few = [flagged, others].some((side) => isTooFew(sizeOf(side).patients, floor));
    return few ? tooFew : { kind: 'counts', images: flagged.length };
  };
  return {
    checks: {
      judged: sizeOf(judged.map(({ row }) => row)),
      inverted: count(({ faults }) => faults.includes('inverted')),
      undecided: count(({ polarity }) => polarity === 'undecided'),
      mirrored: count(({ faults }) => faults.includes('mirrored')),
      rotated: count(({ faults }) => faults.includes('rotated')),
      lateral: count(({ faults }) => faults.includes('lateral')),
      undeclared: count(({ undeclared }) => undeclared),
      markerDisagrees: count(({ markerDisagrees }) => markerDisagrees),
      corrected: count(({ corrected }) => corrected),
    },
  };
}
