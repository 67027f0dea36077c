// Three classes: accuracy of each training on its own arm, how its answers move when the markers are taken out, and the answers of
// two trainings, each on its own arm.
import { addTables, stuartMaxwell } from '@sidemark/core/stats';
import { type Place, resultsOf, type RunEvidence } from '../../evidence.ts';
import { TRAINED, type Trained } from '../../recipes.ts';
import { type Correctness, testedChanges } from './correctness.ts';
import { ownAccuracy } from '../paired.ts';
import type { Accuracy } from '../sums.ts';
import { type RightTotals, rightTotals } from './totals.ts';

/** One training on the original films against the same training on the inpainted films, tables of the sites added. */
export interface MovedAnswers {
  readonly films: number;
  /** answered with another class */
  readonly moved: number;
  readonly statistic: number;
  readonly df: number;
  /** null where no answer moved */
  readonly p: number | null;
}

export interface ThreeClassArm {
  readonly arm: Trained;
  readonly accuracy: Record<Place, Accuracy | null>;
  readonly stuartMaxwell: Record<Place, MovedAnswers | null>;
  /** inpainted less original films */
  readonly totals: Record<Place, RightTotals | null>;
}

export function threeClassFigures(run: RunEvidence): ThreeClassArm[] {
  return TRAINED.map((arm) => ({
    arm,
    accuracy: {
      internal: ownAccuracy(run, 'three-class', arm, 'internal'),
      external: ownAccuracy(run, 'three-class', arm, 'external'),
    },
    stuartMaxwell: {
      internal: movedAnswers(run, arm, 'internal'),
      external: movedAnswers(run, arm, 'external'),
    },
    totals: { internal: ownTotals(run, arm, 'internal'), external: ownTotals(run, arm, 'external') },
  }));
}

/** Two trainings, each on the films of its own arm. */
export interface TrainingPair {
  readonly a: string;
  readonly b: string;
  readonly place: Place;
  readonly margins: MovedAnswers | null;
  /** right on a alone is `becameRight`; null where no site shows it */
  readonly correctness: Correctness | null;
  readonly totals: RightTotals | null;
}

export function trainingPairs(run: RunEvidence): TrainingPair[] {
  const { agreements = [], classifiers } = run.document;
  return agreements.flatMap(({ a, b }) => {
    const against = classifiers.find(({ id }) => id === b.classifier)?.model.sha256;
    return (['internal', 'external'] as const).map((place): TrainingPair => {
      const entries = resultsOf(run, a.classifier, place);
      const found = entries.flatMap(({ entry }) =>
        entry.kind === 'multiclass' ? entry.paired.filter((one) => one.against === against) : [],
      );
      const changes = found.flatMap(({ correct }) =>
        correct?.kind === 'counts' ? [{ becameRight: correct.onlyA, becameWrong: correct.onlyB }] : [],
      );
      return {
        ...{ a: a.arm, b: b.arm, place },
        margins: marginsOf(found.map(({ table }) => table)),
        correctness: testedChanges(changes, entries.length),
        totals: rightTotals(run, [a, b], place),
      };
    });
  });
}

/** The pair stands in reports as original and inpainted: turned, so that the difference is what inpainting does. */
function ownTotals(run: RunEvidence, trained: Trained, place: Place): RightTotals | null {
  const classifier = `three-class-${trained}`;
  const arms = (['original', 'inpainted'] as const).map((arm) => ({ classifier, arm }));
  const found = rightTotals(run, [arms[0]!, arms[1]!], place);
  return found && { ...found, difference: -found.difference };
}

function movedAnswers(run: RunEvidence, trained: Trained, place: Place): MovedAnswers | null {
  const tables = resultsOf(run, `three-class-${trained}`, place).flatMap(({ entry }) => {
    if (entry.kind !== 'multiclass') return [];
    const pair = entry.paired.find(({ a, b }) => a === 'original' && b === 'inpainted');
    return pair ? [pair.table] : [];
  });
  return marginsOf(tables);
}

function marginsOf(tables: readonly number[][][]): MovedAnswers | null {
  if (tables.length === 0) return null;
  const table = addTables(tables);
  const films = table.flat().reduce((sum, count) => sum + count, 0);
  const same = table.reduce((sum, line, at) => sum + line[at]!, 0);
  const { statistic, df, p } = stuartMaxwell(table);
  return { films, moved: films - same, statistic, df, p: p.kind === 'estimate' ? p.value : null };
}
