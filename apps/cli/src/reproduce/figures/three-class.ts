// Three classes: accuracy of each training on its own arm, and how its answers move when the markers are taken out.
import { addTables, stuartMaxwell } from '@sidemark/core/stats';
import { type Place, resultsOf, type RunEvidence } from '../evidence.ts';
import { TRAINED, type Trained } from '../recipes.ts';
import { ownAccuracy } from './paired.ts';
import type { Accuracy } from './sums.ts';

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
  }));
}

function movedAnswers(run: RunEvidence, trained: Trained, place: Place): MovedAnswers | null {
  const tables = resultsOf(run, `three-class-${trained}`, place).flatMap(({ entry }) => {
    if (entry.kind !== 'multiclass') return [];
    const pair = entry.paired.find(({ a, b }) => a === 'original' && b === 'inpainted');
    return pair ? [pair.table] : [];
  });
  if (tables.length === 0) return null;
  const table = addTables(tables);
  const films = table.flat().reduce((sum, count) => sum + count, 0);
  const same = table.reduce((sum, line, at) => sum + line[at]!, 0);
  const { statistic, df, p } = stuartMaxwell(table);
  return { films, moved: films - same, statistic, df, p: p.kind === 'estimate' ? p.value : null };
}
