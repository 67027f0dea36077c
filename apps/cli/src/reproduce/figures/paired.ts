// The paper's comparison of one seed: three trainings of a network, each on the arm that it was trained on.
import { accuracyOf, type Accuracy } from './sums.ts';
import { type Place, resultsOf, type RunEvidence } from '../evidence.ts';
import { TRAINED, type Task, type Trained } from '../recipes.ts';
import {
  aucAt,
  externalDifference,
  internalTest,
  type PooledDifference,
  type Ranged,
  type Tested,
} from './pooling.ts';

export const PAIRS = [
  ['inpainted', 'original'],
  ['clipped', 'original'],
  ['inpainted', 'clipped'],
] as const satisfies readonly (readonly [Trained, Trained])[];

export interface OwnArm {
  readonly arm: Trained;
  readonly auc: Record<Place, Ranged | null>;
  readonly accuracy: Record<Place, Accuracy | null>;
}

export interface OwnPair {
  readonly a: Trained;
  readonly b: Trained;
  readonly internal: Tested | null;
  readonly external: PooledDifference | null;
}

export interface PairedSeed {
  readonly arms: readonly OwnArm[];
  readonly pairs: readonly OwnPair[];
}

/** Of a task with two classes. */
export function pairedFigures(run: RunEvidence, task: Task): PairedSeed {
  const arms = TRAINED.map((arm): OwnArm => {
    const classifier = `${task}-${arm}`;
    const auc = (place: Place): Ranged | null => aucAt(run.analysis, { classifier, arm }, place);
    return {
      arm,
      auc: { internal: auc('internal'), external: auc('external') },
      accuracy: {
        internal: ownAccuracy(run, task, arm, 'internal'),
        external: ownAccuracy(run, task, arm, 'external'),
      },
    };
  });
  const pairs = PAIRS.map(([a, b]): OwnPair => {
    const id = `${task}-${a}-vs-${b}`;
    return {
      a,
      b,
      internal: internalTest(run.analysis, id),
      external: externalDifference(run.analysis, id),
    };
  });
  return { arms, pairs };
}

/** Of a classifier on the arm that it was trained on. */
export function ownAccuracy(run: RunEvidence, task: Task, arm: Trained, place: Place): Accuracy | null {
  return accuracyOf(
    resultsOf(run, `${task}-${arm}`, place).map(({ entry }) => entry),
    arm,
  );
}
