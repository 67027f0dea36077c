// Counts of one multi-class classifier: truth x predicted for each arm, less small cells and what would give them away;
// predicted x predicted for each pair of arms, which says nothing of the truth and stays whole.
import type { Arm, MulticlassResult } from '@sidemark/core/contract';
import { disclosedTable, type PatientCell } from '@sidemark/core/stats';
import { argmax } from '../image/scores/logits.ts';
import { sizeOf } from './common-set.ts';
import { drawnFigures, type JudgedClassifier } from './judged-classifier.ts';
import { rowsSeen } from './row-groups.ts';

/** Rows without a class, or with one that the model does not know, are left out. */
export function multiclassResult(judged: JudgedClassifier): MulticlassResult {
  const { group, index, model, floor, cells } = judged;
  const { set, rowSet } = group;
  const { arms } = judged.protocol;
  const k = model.manifest.labels.length;
  const known = set.rows.flatMap((row, i) => {
    if (row.class === undefined || row.class >= k) return [];
    const predicted = set.images[i]!.scores[index]!.map(argmax);
    return [{ row, patient: cells.patients[i]!, truth: row.class, predicted }];
  });
  const cellsOf = (pair: (one: (typeof known)[number]) => [number, number]): PatientCell[][] => {
    const patients = Array.from({ length: k }, () => Array.from({ length: k }, (): number[] => []));
    for (const one of known) {
      const [row, column] = pair(one);
      patients[row]![column]!.push(one.patient);
    }
    return patients.map((line) => line.map((of) => ({ images: of.length, patients: of })));
  };
  return {
    kind: 'multiclass',
    classifier: model.sha256,
    classes: Array.from({ length: k }, (_, c) =>
      sizeOf(known.filter(({ truth }) => truth === c).map(({ row }) => row)),
    ),
    arms: [...arms],
    confusion: arms.map((_, arm) =>
      disclosedTable(
        cellsOf(({ truth, predicted }) => [truth, predicted[arm]!]),
        floor,
      ),
    ),
    paired: armPairs(arms).map(([a, b]) => ({
      a: arms[a]!,
      b: arms[b]!,
      table: cellsOf(({ predicted }) => [predicted[a]!, predicted[b]!]).map((line) =>
        line.map(({ images }) => images),
      ),
    })),
    ...drawnFigures(judged),
    rows: rowsSeen(rowSet),
  };
}

function armPairs(arms: readonly Arm[]): [number, number][] {
  return arms.flatMap((_, a) => arms.slice(a + 1).map((__, i): [number, number] => [a, a + 1 + i]));
}
