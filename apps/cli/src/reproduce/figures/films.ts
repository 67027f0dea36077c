// Means over films: overlap of the drawn lesion with the found one, and where the activation maps lie.
import { type Place, resultsOf, type RunEvidence } from '../evidence.ts';
import { TASKS, type Task, TRAINED, type Trained } from '../recipes.ts';
import { meanOfFilms, type MeanOfFilms } from './sums.ts';

export const PLACES = ['internal', 'external'] as const satisfies readonly Place[];

export interface DiceArm {
  readonly arm: Trained;
  readonly dice: Record<Place, MeanOfFilms | null>;
}

export interface MapShares {
  readonly task: Task;
  readonly arm: Trained;
  readonly place: Place;
  readonly marker: MeanOfFilms | null;
  readonly lesion: MeanOfFilms | null;
  readonly elsewhere: MeanOfFilms | null;
}

/** Each multi-task training on its own arm. */
export function diceFigures(run: RunEvidence): DiceArm[] {
  return TRAINED.map((arm) => {
    const at = (place: Place): MeanOfFilms | null =>
      meanOfFilms(
        resultsOf(run, `multi-task-${arm}`, place).map(({ entry }) =>
          entry.kind === 'binary' ? entry.segmentation?.dice[entry.arms.indexOf(arm)] : undefined,
        ),
      );
    return { arm, dice: { internal: at('internal'), external: at('external') } };
  });
}

/** Each training on its own arm: shares of the mass of its class activation maps. */
export function mapFigures(run: RunEvidence): MapShares[] {
  return TASKS.flatMap((task) =>
    TRAINED.flatMap((arm) =>
      PLACES.map((place) => {
        const entries = resultsOf(run, `${task}-${arm}`, place);
        const share = (name: 'marker' | 'lesion' | 'elsewhere'): MeanOfFilms | null =>
          meanOfFilms(
            entries.map(({ entry }) =>
              entry.kind === 'withheld' ? undefined : entry.cam?.[name][entry.arms.indexOf(arm)],
            ),
          );
        const [marker, lesion, elsewhere] = [share('marker'), share('lesion'), share('elsewhere')];
        return { task, arm, place, marker, lesion, elsewhere };
      }),
    ),
  );
}
