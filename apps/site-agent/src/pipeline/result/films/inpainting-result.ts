// What became of the holes, summed over the films of a site; nothing where they belong to fewer patients than the floor.
import type { InpaintingResult } from '@sidemark/core/contract';
import { disclosedCount, disclosedMoments } from '@sidemark/core/stats';
import { isTooFew } from '../../../policy/floors.ts';
import { type CommonSet, sizeOf } from '../common-set.ts';

/** @returns undefined when no film has a hole */
export function inpaintingResult({ rows, images }: CommonSet, floor: number): InpaintingResult | undefined {
  const filled = images.flatMap(({ holes }, i) => (holes ? [{ row: rows[i]!, ...holes }] : []));
  if (filled.length === 0) return undefined;
  const films = sizeOf(filled.map(({ row }) => row));
  const seam = disclosedMoments(filled.flatMap((one) => one.seam ?? []));
  if (isTooFew(films.patients, floor) || seam.kind !== 'estimate')
    return { kind: 'not-estimable', reason: 'too-few-affected' };
  const sum = (name: 'count' | 'area' | 'clamped'): number =>
    filled.reduce((total, one) => total + one[name], 0);
  const { mean, variance } = seam.value;
  return {
    kind: 'inpainted',
    films,
    holes: sum('count'),
    area: disclosedCount(sum('area')),
    clamped: disclosedCount(sum('clamped')),
    seam: { mean, variance },
  };
}
