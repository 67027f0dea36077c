// How much of a score hangs on the markers, beside holes where none is; and what a threshold loses on its way to a site.
import { type Place, resultsOf, type RunEvidence } from '../evidence.ts';
import { TRAINED, type Trained } from '../recipes.ts';
import { meanOfFilms, type MeanOfFilms } from './sums.ts';

export interface Reliance {
  readonly arm: Trained;
  readonly place: Place;
  /** mean size of the change of the logit when a marker is filled, and when a place without one is */
  readonly marker: MeanOfFilms | null;
  readonly placebo: MeanOfFilms | null;
  /** of the same films */
  readonly difference: MeanOfFilms | null;
}

export interface ThresholdLoss {
  readonly arm: Trained;
  /** at sites that show both; null where none does */
  readonly shipped: number | null;
  readonly own: number | null;
  readonly films: number;
  readonly sites: number;
  readonly of: number;
}

export interface LabelFromMarker {
  readonly site: string;
  readonly place: Place;
  readonly auc: number | null;
  readonly standardError: number | null;
  /** why there is none */
  readonly reason: string | null;
}

export function relianceFigures(run: RunEvidence): Reliance[] {
  return TRAINED.flatMap((arm) =>
    (['internal', 'external'] as const).map((place) => {
      const found = resultsOf(run, `binary-${arm}`, place).flatMap(({ entry }) =>
        entry.kind === 'binary' && entry.reliance ? [entry.reliance] : [],
      );
      return {
        arm,
        place,
        marker: meanOfFilms(found.map(({ marker }) => marker.size)),
        placebo: meanOfFilms(found.map(({ placebo }) => placebo?.size)),
        difference: meanOfFilms(found.map(({ difference }) => difference)),
      };
    }),
  );
}

/** Films with a marker by what became of their placebo; a site that withholds one adds nothing. */
export function placeboPlaces(run: RunEvidence): { filled: number; withoutPlace: number } {
  const counts = run.sites.map(({ result }) => result.placebo);
  const sum = (of: 'filled' | 'withoutPlace'): number =>
    counts.reduce((all, one) => all + (one?.[of] ?? 0), 0);
  return { filled: sum('filled'), withoutPlace: sum('withoutPlace') };
}

/** Accuracy at external sites: at the shipped threshold, and at the site's own best of the fixed grid (Youden 1950). */
export function thresholdFigures(run: RunEvidence): ThresholdLoss[] {
  return TRAINED.map((arm) => {
    const entries = resultsOf(run, `binary-${arm}`, 'external');
    const both = entries.flatMap(({ entry }) => {
      if (entry.kind !== 'binary') return [];
      const at = entry.arms.indexOf(arm);
      const [counts, grid] = [entry.decisions[at], entry.grid?.[at]];
      if (counts?.kind !== 'counts' || grid?.kind !== 'cells' || !grid.youden) return [];
      const films = counts.tp + counts.fp + counts.tn + counts.fn;
      return [{ shipped: counts.tp + counts.tn, own: grid.youden.tp + grid.youden.tn, films }];
    });
    const sum = (of: 'shipped' | 'own' | 'films'): number => both.reduce((all, one) => all + one[of], 0);
    const films = sum('films');
    const [shipped, own] = films === 0 ? [null, null] : [sum('shipped') / films, sum('own') / films];
    return { arm, shipped, own, films, sites: both.length, of: entries.length };
  });
}

/** AUC of a model that sees nothing but what the detector says of the markers, cross-fitted by patient. */
export function labelFromMarker(run: RunEvidence): LabelFromMarker[] {
  return run.sites.map(({ name, role, result }) => {
    const found = result.labelFromMarker;
    if (found?.auc.kind !== 'estimate')
      return {
        site: name,
        place: role,
        auc: null,
        standardError: null,
        reason: found?.auc.reason ?? 'empty',
      };
    const standardError = found.variance.kind === 'estimate' ? Math.sqrt(found.variance.value) : null;
    return { site: name, place: role, auc: found.auc.value, standardError, reason: null };
  });
}
