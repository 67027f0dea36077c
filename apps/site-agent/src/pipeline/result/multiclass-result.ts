// Counts of one multi-class classifier: truth x predicted for each arm, predicted x predicted for each pair of arms.
import type { Arm, ClassifierManifest, MulticlassResult } from '@sidemark/core/contract';
import type { LocalModel } from '../../models/local-model.ts';
import { argmax } from '../image/logits.ts';
import { type CommonSet, sizeOf } from './common-set.ts';

/** Rows without a class, or with one that the model does not know, are left out. */
export function multiclassResult(
  set: CommonSet,
  index: number,
  model: LocalModel<ClassifierManifest>,
  arms: readonly Arm[],
): MulticlassResult {
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
  };
}

function armPairs(arms: readonly Arm[]): [number, number][] {
  return arms.flatMap((_, a) => arms.slice(a + 1).map((__, i): [number, number] => [a, a + 1 + i]));
}
