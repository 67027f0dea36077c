// Counts of one multi-class classifier: truth x predicted for each arm, predicted x predicted for each pair of arms.
import type { Arm, MulticlassResult } from '@sidemark/core/contract';
import { argmax } from '../image/logits.ts';
import { sizeOf } from './common-set.ts';
import { drawnFigures, type JudgedClassifier } from './judged-classifier.ts';
import { rowsSeen } from './row-groups.ts';

/** Rows without a class, or with one that the model does not know, are left out. */
export function multiclassResult(judged: JudgedClassifier): MulticlassResult {
  const { group, index, model } = judged;
  const { set, rowSet } = group;
  const { arms } = judged.protocol;
  const k = model.manifest.labels.length;
  const known = set.rows.flatMap((row, i) => {
    if (row.class === undefined || row.class >= k) return [];
    return [{ row, truth: row.class, predicted: set.images[i]!.scores[index]!.map(argmax) }];
  });
  const count = (pair: (one: (typeof known)[number]) => [number, number]): number[][] => {
    const table = Array.from({ length: k }, () => new Array<number>(k).fill(0));
    for (const one of known) {
      const [row, column] = pair(one);
      table[row]![column]!++;
    }
    return table;
  };
  return {
    kind: 'multiclass',
    classifier: model.sha256,
    classes: Array.from({ length: k }, (_, c) =>
      sizeOf(known.filter(({ truth }) => truth === c).map(({ row }) => row)),
    ),
    arms: [...arms],
    confusion: arms.map((_, arm) => count(({ truth, predicted }) => [truth, predicted[arm]!])),
    paired: armPairs(arms).map(([a, b]) => ({
      a: arms[a]!,
      b: arms[b]!,
      table: count(({ predicted }) => [predicted[a]!, predicted[b]!]),
    })),
    ...drawnFigures(judged),
    rows: rowsSeen(rowSet),
  };
}

function armPairs(arms: readonly Arm[]): [number, number][] {
  return arms.flatMap((_, a) => arms.slice(a + 1).map((__, i): [number, number] => [a, a + 1 + i]));
}
