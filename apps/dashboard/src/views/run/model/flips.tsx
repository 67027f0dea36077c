// Decisions that change at the shipped threshold, by the truth.
import type { ReactNode } from 'react';
import type { FlipSums } from '@sidemark/core/contract';
import { ShareBars, type ShareRow } from '../../../charts/counts/share-bars.tsx';
import { count, percent } from '../../../format/number.ts';

const truths = { positives: 'with finding', negatives: 'without' } as const;

/** Four bars: to positive and to negative, of films with the finding and without. */
export function flipRows(flips: NonNullable<FlipSums>): ShareRow[] {
  return (['positives', 'negatives'] as const).flatMap((truth) => {
    const { toPositive, toNegative, same } = flips[truth];
    const total = Math.max(1, toPositive + toNegative + same);
    const row = (what: string, n: number): ShareRow => ({
      ...{ name: `${truths[truth]}: ${what}`, tone: 'marker', share: n / total },
      text: `${count(n)} of ${count(total)} (${percent((100 * n) / total, 1)})`,
    });
    return [row('to positive', toPositive), row('to negative', toNegative)];
  });
}

/** @param what changes them, e.g. `when the marker is filled` */
export function Flips({ of, what, width }: { of: FlipSums; what: string; width: number }): ReactNode {
  if (of === null)
    return (
      <p className="hint">
        How many decisions change is withheld at every site: it would tell of too few patients.
      </p>
    );
  const sites = of.sites.length === 1 ? 'one site' : `${of.sites.length} sites`;
  return (
    <>
      <p className="lead">{`Decisions that change ${what}, at the shipped threshold, ${sites}.`}</p>
      <ShareBars title={`Decisions that change ${what}`} rows={flipRows(of)} width={width} />
    </>
  );
}
