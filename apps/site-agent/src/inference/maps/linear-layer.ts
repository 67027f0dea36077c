// Is the end of a classifier average pooling and one linear layer with this weight? Asked, not believed: only then are
// its class activation maps the features times the weight.
import type { StoredFloats } from '@sidemark/core/onnx';
import type { FloatTensor } from '../element-types.ts';
import { channelsOf, type Head, unavailable } from './head.ts';

/** Of an answer, relative to the sum of its parts without their signs. */
const TOLERANCE = 1e-3;

/** The last layer, with how its weight lies in the file. */
export interface LinearLayer {
  readonly classes: number;
  readonly channels: number;
  readonly weight: (logit: number, channel: number) => number;
}

/**
 * Proves on made-up features, above and below zero, that the head is their mean over the film and this weight.
 * @throws DomainError `model-map-unavailable`
 */
export async function linearLayer(
  head: Head,
  { data, dims }: StoredFloats,
  features: FloatTensor,
): Promise<LinearLayer> {
  const channels = channelsOf(features);
  const classes = data.length / channels;
  const sides = dims.filter((side) => side !== 1);
  const layers: LinearLayer[] = [];
  if (dims[0] === classes && dims[1] === channels)
    layers.push({ classes, channels, weight: (j, k) => data[j * channels + k]! });
  if (dims[0] === channels && dims[1] === classes)
    layers.push({ classes, channels, weight: (j, k) => data[k * classes + j]! });
  const size = features.data.length;
  const asked = new Float32Array(2 * size);
  for (let i = 0; i < size; i++) asked[i] = Math.sin(i + 1) + Math.cos(3 * Math.floor((i * channels) / size));
  const [answer, rest] = await head.answer(asked, 2, features.dims);
  const moved = Array.from(answer!, (logit, j) => logit - rest![j]!);
  const layer = layers.find((one) => one.classes === moved.length && explains(one, asked, size, moved));
  if (layer) return layer;
  throw unavailable('the head is not average pooling and one linear layer with this weight', {
    dims: sides.join(' x '),
    channels,
  });
}

function explains(layer: LinearLayer, asked: Float32Array, size: number, moved: readonly number[]): boolean {
  const { channels } = layer;
  const cells = size / channels;
  const means = Array.from({ length: channels }, (_, k) =>
    asked.subarray(k * cells, (k + 1) * cells).reduce((sum, value) => sum + value / cells, 0),
  );
  return moved.every((found, j) => {
    const parts = means.map((mean, k) => mean * layer.weight(j, k));
    const expected = parts.reduce((sum, part) => sum + part, 0);
    const scale = parts.reduce((sum, part) => sum + Math.abs(part), 0);
    return Math.abs(found - expected) <= TOLERANCE * scale;
  });
}
