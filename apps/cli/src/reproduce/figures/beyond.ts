// Beyond the paper: every training on every arm, what range and shape do, and other ways to fill a hole.
import type { RunEvidence } from '../evidence.ts';
import { TRAINED, type Trained } from '../recipes.ts';
import { aucAt, externalDifference, type PooledDifference, type Ranged } from './pooling.ts';

export interface MatrixCell {
  readonly trained: Trained;
  readonly arm: string;
  readonly internal: Ranged | null;
  readonly external: Ranged | null;
}

/** AUC of the binary trainings on all arms of the protocol. */
export function matrixFigures({ analysis, document }: RunEvidence): MatrixCell[] {
  return TRAINED.flatMap((trained) =>
    document.arms.map((arm) => {
      const cell = { classifier: `binary-${trained}`, arm };
      return {
        trained,
        arm,
        internal: aucAt(analysis, cell, 'internal'),
        external: aucAt(analysis, cell, 'external'),
      };
    }),
  );
}

export interface Decomposition {
  /** clipped minus original: what the grey-scale range does; inpainted minus clipped: what the shape does */
  readonly range: PooledDifference | null;
  readonly shape: PooledDifference | null;
}

/** `trained`: three trainings, each on its own arm. `test`: the training on original films alone, on three arms. */
export function decompositionFigures({ analysis }: RunEvidence): Record<'trained' | 'test', Decomposition> {
  return {
    trained: {
      range: externalDifference(analysis, 'binary-clipped-vs-original'),
      shape: externalDifference(analysis, 'binary-inpainted-vs-clipped'),
    },
    test: {
      range: externalDifference(analysis, 'test-range'),
      shape: externalDifference(analysis, 'test-shape'),
    },
  };
}

export interface FillFigures {
  readonly fill: string;
  readonly auc: Ranged | null;
  /** to the training on original films, on those */
  readonly difference: PooledDifference | null;
}

/** The training on inpainted films, its holes filled in another way. */
export function fillFigures(run: RunEvidence): FillFigures {
  const cell = { classifier: 'binary-inpainted', arm: 'inpainted' };
  return {
    fill: run.document.fill ?? 'model',
    auc: aucAt(run.analysis, cell, 'external'),
    difference: externalDifference(run.analysis, 'binary-inpainted-vs-original'),
  };
}

export interface FoldFigures {
  readonly arm: string;
  readonly site: string;
  readonly place: 'internal' | 'external';
  readonly folds: readonly (number | null)[];
  readonly mean: number | null;
  readonly sd: number | null;
}

/** Folds of the training on an arm, on that arm; every site's films were in no training. */
export function foldFigures({ analysis }: RunEvidence): FoldFigures[] {
  return analysis.folds
    .filter(({ foldOf, arm }) => foldOf === `binary-${arm}`)
    .map(({ arm, siteName, folds, mean, sd }) => ({
      arm,
      site: siteName,
      place: analysis.sites.find((one) => one.siteName === siteName)?.role ?? 'external',
      folds: folds.map(({ auc }) => (auc.kind === 'estimate' ? auc.value : null)),
      mean,
      sd,
    }));
}
