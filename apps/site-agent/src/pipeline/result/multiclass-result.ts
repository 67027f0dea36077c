// Counts of one multi-class classifier: truth x predicted for each arm, less small cells and what would give them away, and
// how many are right;
// predicted x predicted for each pair of arms, and of the cells that the protocol asks for, which says nothing of the truth
// and stays whole.
import type { Arm, CellRef, MulticlassResult } from '@sidemark/core/contract';
import { classTable } from './class-table.ts';
import { sizeOf } from './common-set.ts';
import { truthOf } from './disclosure/class-tables.ts';
import { isCell } from './fine/paired-correctness.ts';
import { drawnFigures, type JudgedClassifier } from './judged-classifier.ts';
import { rowsSeen } from './row-groups.ts';

/** Rows without a class, or with one that the model does not know, are left out. */
export function multiclassResult(judged: JudgedClassifier): MulticlassResult {
  const { group, index, model, cells, classTables, correctAnswers } = judged;
  const { set, rowSet } = group;
  const { arms, classifiers } = judged.protocol;
  const { id } = classifiers[index]!;
  const k = model.manifest.labels.length;
  const truth = truthOf(set, k);
  const shown = arms.map((arm) => classTables({ classifier: id, arm }));
  const answersIn = (cell: CellRef): readonly number[] =>
    cells.curves.find((curve) => isCell(curve, cell))!.values;
  const known = <T>(values: readonly T[]): (T | undefined)[] =>
    values.map((value, row) => (truth[row] === undefined ? undefined : value));
  const tableOf = (a: readonly (number | undefined)[], b: readonly number[]): ReturnType<typeof classTable> =>
    classTable(a, b, cells.patients, k);
  return {
    kind: 'multiclass',
    classifier: model.sha256,
    classes: Array.from({ length: k }, (_, c) => sizeOf(set.rows.filter((__, row) => truth[row] === c))),
    arms: [...arms],
    confusion: shown.map((table) => table.cells),
    right: shown.map(({ diagonal }) => diagonal),
    paired: pairsOf(judged).map(({ a, b, against }) => {
      const { correct } = correctAnswers.find((one) => isCell(one.a, a) && isCell(one.b, b)) ?? {};
      const answered = tableOf(known(answersIn(a)), answersIn(b));
      return {
        ...{ a: a.arm, b: b.arm },
        ...(against === undefined ? {} : { against }),
        table: answered.map((line) => line.map(({ images }) => images)),
        ...(correct && { correct }),
      };
    }),
    ...drawnFigures(judged),
    rows: rowsSeen(rowSet),
  };
}

interface Pair {
  readonly a: CellRef;
  readonly b: CellRef;
  /** SHA-256 of the other classifier of b */
  readonly against?: string;
}

/** Every two arms of the classifier, then what the protocol asks of it and another that is judged on the same rows. */
function pairsOf({ index, protocol, cells }: JudgedClassifier): Pair[] {
  const { id } = protocol.classifiers[index]!;
  const cellOn = (arm: Arm): CellRef => ({ classifier: id, arm });
  const own = protocol.arms.flatMap((a, at) =>
    protocol.arms.slice(at + 1).map((b): Pair => ({ a: cellOn(a), b: cellOn(b) })),
  );
  const declared = (protocol.agreements ?? []).filter(({ a }) => a.classifier === id);
  const others = declared.flatMap(({ a, b }): Pair[] => {
    const against = cells.curves.find((curve) => isCell(curve, b))?.model;
    return against === undefined ? [] : [{ a, b, against }];
  });
  return [...own, ...others];
}
