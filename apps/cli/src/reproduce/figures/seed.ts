// Everything that one training seed says.
import type { Place, RunEvidence } from '../evidence.ts';
import { TRAINED, type Trained } from '../recipes.ts';
import { type Decomposition, decompositionFigures, matrixFigures, type MatrixCell } from './beyond.ts';
import { type Correctness, correctnessOf } from './answers/correctness.ts';
import { type DiceArm, diceFigures, mapFigures, type MapShares } from './films.ts';
import { pairedFigures, type PairedSeed } from './paired.ts';
import {
  placeboPlaces,
  type Reliance,
  relianceFigures,
  type ThresholdLoss,
  thresholdFigures,
} from './reliance.ts';
import {
  type ThreeClassArm,
  threeClassFigures,
  type TrainingPair,
  trainingPairs,
} from './answers/three-class.ts';

export interface SeedFigures {
  readonly seed: number;
  readonly binary: PairedSeed;
  readonly multiTask: PairedSeed;
  readonly dice: readonly DiceArm[];
  readonly threeClass: readonly ThreeClassArm[];
  readonly trainingPairs: readonly TrainingPair[];
  readonly correctness: readonly {
    task: 'binary' | 'three-class';
    arm: Trained;
    place: Place;
    mcnemar: Correctness | null;
  }[];
  readonly maps: readonly MapShares[];
  readonly matrix: readonly MatrixCell[];
  readonly decomposition: Record<'trained' | 'test', Decomposition>;
  readonly reliance: readonly Reliance[];
  readonly placebo: { filled: number; withoutPlace: number };
  readonly thresholds: readonly ThresholdLoss[];
}

export function seedFigures(run: RunEvidence, seed: number): SeedFigures {
  return {
    seed,
    binary: pairedFigures(run, 'binary'),
    multiTask: pairedFigures(run, 'multi-task'),
    dice: diceFigures(run),
    threeClass: threeClassFigures(run),
    trainingPairs: trainingPairs(run),
    correctness: (['binary', 'three-class'] as const).flatMap((task) =>
      TRAINED.flatMap((arm) =>
        (['internal', 'external'] as const).map((place) => ({
          ...{ task, arm, place },
          mcnemar: correctnessOf(run, task, arm, place),
        })),
      ),
    ),
    maps: mapFigures(run),
    matrix: matrixFigures(run),
    decomposition: decompositionFigures(run),
    reliance: relianceFigures(run),
    placebo: placeboPlaces(run),
    thresholds: thresholdFigures(run),
  };
}
