// Every convention gives the boxes that torchvision, effdet or numpy give from the same tensors. Tensors and boxes were
// made by test/golden-detectors/make.py.
import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { DetectorDecode } from '../../contract/index.ts';
import { iou } from '../box.ts';
import { type Fit, fitTransform } from '../tensor/fit.ts';
import { decodeDetections } from './decode-detections.ts';
import type { OutputTensor } from './output-tensors.ts';

/** Only the values that differ from `fill` are written down. */
interface SparseTensor {
  semantic: string;
  dims: number[];
  fill: number;
  at: number[];
  values: number[];
}

interface Golden {
  film: { width: number; height: number };
  /** of the square frame, px */
  side: number;
  threshold: number;
  labels: number;
  cases: {
    name: string;
    fit: Fit;
    decode: object;
    outputs: SparseTensor[];
    /** x1, y1, x2, y2 in px of the film, score, label; best first */
    expected: [number, number, number, number, number, number][];
  }[];
}

const path = new URL('../../../../../test/golden-detectors/detectors.json', import.meta.url);
const golden = JSON.parse(readFileSync(path, 'utf8')) as Golden;

function dense({ semantic, dims, fill, at, values }: SparseTensor): OutputTensor {
  const data = new Float32Array(dims.reduce((product, side) => product * side, 1)).fill(fill);
  at.forEach((index, i) => (data[index] = values[i]!));
  return { semantic, data, dims };
}

function decoded({ fit, decode, outputs }: Golden['cases'][number]) {
  const frame = { h: golden.side, w: golden.side };
  return decodeDetections(outputs.map(dense), fitTransform(golden.film, frame, fit), {
    decode: DetectorDecode.parse(decode),
    classes: golden.labels,
    threshold: golden.threshold,
  });
}

describe('boxes from the tensors of', () => {
  it.each(golden.cases.map((one) => [one.name, one] as const))('%s', (_, one) => {
    const found = decoded(one);
    expect(found.map(({ label }) => label)).toEqual(one.expected.map((row) => row[5]));
    for (const [i, [x1, y1, x2, y2, score]] of one.expected.entries()) {
      expect(iou(found[i]!.box, { x1, y1, x2, y2 })).toBeGreaterThanOrEqual(0.99);
      expect(Math.abs(found[i]!.score - score)).toBeLessThan(1e-4);
    }
  });

  it('every variant but the one that is refused', () => {
    const variants = golden.cases.map(({ decode }) => DetectorDecode.parse(decode).variant);
    const declared = DetectorDecode.options.map(({ shape }) => shape.variant.value);
    expect(declared.filter((variant) => !variants.includes(variant))).toEqual(['trt-nms']);
  });
});

describe('what is no answer in its variant is refused:', () => {
  const withBoxes = golden.cases.filter(({ expected }) => expected.length > 0);

  it.each(withBoxes.map((one) => [one.name, one] as const))(
    'NaN, a missing output, one of another shape: %s',
    (_, one) => {
      for (const k of one.outputs.keys()) {
        const others = one.outputs.filter((_output, i) => i !== k);
        expect(() => decoded({ ...one, outputs: others })).toThrow(RangeError);

        const other = { ...one.outputs[k]!, dims: [...one.outputs[k]!.dims, 2] };
        expect(() => decoded({ ...one, outputs: one.outputs.with(k, other) })).toThrow(RangeError);
      }
      const nothing = one.outputs.map(({ values, ...rest }) => ({ ...rest, values: values.map(() => NaN) }));
      expect(() => decoded({ ...one, outputs: nothing })).toThrow(RangeError);
    },
  );

  it('another number of classes than the manifest names', () => {
    const raw = golden.cases.filter(({ decode }) =>
      ['effdet-raw', 'yolo-grid', 'yolo-obj', 'detr-set'].includes(DetectorDecode.parse(decode).variant),
    );
    for (const one of raw) {
      const wrong = () =>
        decodeDetections(
          one.outputs.map(dense),
          fitTransform(golden.film, { h: golden.side, w: golden.side }, one.fit),
          { decode: DetectorDecode.parse(one.decode), classes: 3, threshold: golden.threshold },
        );
      expect(wrong).toThrow(RangeError);
    }
  });

  it('suppression in TensorRT', () => {
    expect(() => decoded({ ...golden.cases[0]!, decode: { variant: 'trt-nms' } })).toThrow(RangeError);
  });
});
