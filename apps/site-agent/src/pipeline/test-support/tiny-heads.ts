// Classifiers with more of an end than one number: features and a last layer, or several findings. Their answers and maps
// can be worked out by hand.
import { floats, int64s, model, node, SIDE, value } from './tiny-onnx.ts';

/** Side of the features. */
export const FEATURE_SIDE = SIDE / 2;

/**
 * Two feature maps, the film halved in size and what it lacks to white; logits = 6 mean of the first - 2 mean of the
 * second. `max`: their maxima in place of the means. `leak`: and the film's own mean, past the features.
 */
export function featuresClassifier(head: 'mean' | 'max' | 'leak' = 'mean'): Uint8Array {
  return model(
    [
      {
        ...node('Conv', ['image', 'filters', 'white'], 'features'),
        attribute: [
          { name: 'strides', ints: [2, 2], type: 7 },
          { name: 'kernel_shape', ints: [2, 2], type: 7 },
        ],
      },
      node(head === 'max' ? 'GlobalMaxPool' : 'GlobalAveragePool', ['features'], 'pooled-features'),
      node('Reshape', ['pooled-features', 'row'], 'pooled'),
      node('MatMul', ['pooled', 'fc'], 'answer'),
      ...(head === 'leak'
        ? [
            node('GlobalAveragePool', ['image'], 'film-pooled'),
            node('Flatten', ['film-pooled'], 'film-mean'),
            node('Add', ['answer', 'film-mean'], 'logits'),
          ]
        : [node('Identity', ['answer'], 'logits')]),
    ],
    [value('image', 1, [1, 1, SIDE, SIDE])],
    [value('logits', 1, [1, 1])],
    [
      floats('filters', [2, 1, 2, 2], [0.25, 0.25, 0.25, 0.25, -0.25, -0.25, -0.25, -0.25]),
      ...[floats('white', [2], [0, 1]), floats('fc', [2, 1], [6, -2]), floats('other', [2, 1], [6, 2])],
      int64s('row', [2], [-1, 2]),
    ],
  );
}

/** Logits of three findings: 8 mean - 4, its opposite, and always 3. */
export function findingsClassifier(): Uint8Array {
  return model(
    [node('Mul', ['mean', 'gains'], 'scaled'), node('Add', ['scaled', 'shifts'], 'logits')],
    [value('image', 1, [1, 1, SIDE, SIDE])],
    [value('logits', 1, [1, 3])],
    [floats('gains', [1, 3], [8, -8, 0]), floats('shifts', [1, 3], [-4, 4, 3])],
  );
}
