// Counts of one multi-class classifier: truth x predicted for each arm, less small cells and what would give them away;
// predicted x predicted for each pair of arms, which says nothing of the truth and stays whole.
import type { Arm, MulticlassResult } from '@sidemark/core/contract';
import { disclosedTable } from '@sidemark/core/stats';
import { classTable } from './class-table.ts';
import { sizeOf } from './common-set.ts';
import { drawnFigures, type JudgedClassifier } from './judged-classifier.ts';
import { rowsSeen } from './row-groups.ts';

/** Rows without a class, or with one that the model does not know, are left out. */
export function multiclassResult(judged: JudgedClassifier): MulticlassResult {
  const { group, index, model, floor, cells, armsCorrect } = judged;
  const { set, rowSet } = group;
  const { arms, classifiers } = judged.protocol;
  const { id } = classifiers[index]!;
  const k = model.manifest.labels.length;
  const truth = set.rows.map((row) => (row.class === undefined || row.class >= k ? undefined : row.class));
  const answers = arms.map(
    (arm) => cells.curves.find((curve) => curve.classifier === id && curve.arm === arm)!.values,
  );
  const known = <T>(values: readonly T[]): (T | undefined)[] =>
    values.map((value, row) => (truth[row] === undefined ? undefined : value));
  const tableOf = (a: readonly (number | undefined)[], b: readonly number[]): ReturnType<typeof classTable> =>
    classTable(a, b, cells.patients, k);
  return {
    kind: 'multiclass',
    classifier: model.sha256,
    classes: Array.from({ length: k }, (_, c) => sizeOf(set.rows.filter((__, row) => truth[row] === c))),
    arms: [...arms],
    confusion: answers.map((answer) => disclosedTable(tableOf(truth, answer), floor)),
    paired: armPairs(arms).map(([a, b]) => {
      const isThis = (one: (typeof armsCorrect)[number]): boolean =>
        one.classifier === id && one.a === arms[a] && one.b === arms[b];
      const correct = armsCorrect.find(isThis)?.correct;
      return {
        a: arms[a]!,
        b: arms[b]!,
        table: tableOf(known(answers[a]!), answers[b]!).map((line) => line.map(({ images }) => images)),
        ...(correct && { correct }),
      };
    }),
    ...drawnFigures(judged),
    rows: rowsSeen(rowSet),
  };
}

function armPairs(arms: readonly Arm[]): [number, number][] {
  return arms.flatMap((_, a) => arms.slice(a + 1).map((__, i): [number, number] => [a, a + 1 + i]));
}
