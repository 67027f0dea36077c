// Counterfactual marker swap: what glyphs do to one training of each arm, drawn on films whose markers were filled.
import type { SwapResult } from '@sidemark/core/contract';
import { resultsOf, type Place, type RunEvidence } from '../evidence.ts';
import { TRAINED, type Trained } from '../recipes.ts';
import { meanOfFilms, type MeanOfFilms } from './sums.ts';

export interface SwapSite {
  readonly arm: Trained;
  readonly site: string;
  readonly place: Place;
  /** on the inpainted film; null where the site withholds it */
  readonly without: number | null;
  /** under the glyph that misleads most, film by film; null where the site withholds it */
  readonly worst: number | null;
}

export interface SwapFlips {
  readonly changed: number;
  readonly films: number;
  /** that show their flips */
  readonly sites: number;
  readonly of: number;
}

export interface SwapArm {
  readonly arm: Trained;
  readonly place: Place;
  readonly flips: SwapFlips | null;
  /** mean change of the logit */
  readonly changes: readonly {
    readonly letter: SwapResult['changes'][number]['letter'];
    readonly look: SwapResult['changes'][number]['look'];
    readonly change: MeanOfFilms | null;
  }[];
}

export interface SwapFigures {
  readonly glyphs: number;
  readonly sites: readonly SwapSite[];
  readonly arms: readonly SwapArm[];
}

export function swapFigures(run: RunEvidence): SwapFigures {
  const places = ['internal', 'external'] as const;
  const found = TRAINED.flatMap((arm) =>
    places.map((place) => ({ arm, place, entries: swapsOf(run, arm, place) })),
  );
  return {
    glyphs: found.flatMap(({ entries }) => entries)[0]?.swap.glyphs ?? 0,
    sites: found.flatMap(({ arm, place, entries }) =>
      entries.map(({ site, without, swap }) => ({
        ...{ arm, place, site, without },
        worst: swap.worst.auc.kind === 'estimate' ? swap.worst.auc.value : null,
      })),
    ),
    arms: found.map(({ arm, place, entries }) => ({
      ...{ arm, place },
      flips: flipsOf(entries.map(({ swap }) => swap)),
      changes: (entries[0]?.swap.changes ?? []).map(({ letter, look }) => ({
        ...{ letter, look },
        change: meanOfFilms(
          entries.map(
            ({ swap }) => swap.changes.find((one) => one.letter === letter && one.look === look)?.change,
          ),
        ),
      })),
    })),
  };
}

function swapsOf(
  run: RunEvidence,
  arm: Trained,
  place: Place,
): { site: string; without: number | null; swap: SwapResult }[] {
  return resultsOf(run, `binary-${arm}`, place).flatMap(({ site, entry }) => {
    if (entry.kind !== 'binary' || !entry.swap) return [];
    const auc = entry.auc[entry.arms.indexOf('inpainted')];
    return [{ site: site.name, without: auc?.kind === 'estimate' ? auc.value : null, swap: entry.swap }];
  });
}

function flipsOf(swaps: readonly SwapResult[]): SwapFlips | null {
  const shown = swaps.flatMap(({ flips }) => (flips.kind === 'counts' ? [flips] : []));
  if (shown.length === 0) return null;
  const cells = shown.flatMap(({ positives, negatives }) => [positives, negatives]);
  const changed = cells.reduce((sum, { toPositive, toNegative }) => sum + toPositive + toNegative, 0);
  const films = cells.reduce((sum, { same }) => sum + same, changed);
  return { changed, films, sites: shown.length, of: swaps.length };
}
