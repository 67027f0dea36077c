// Which conventions of detectors have outputs of these shapes. Shapes do not say what is in them: what fits is offered,
// never chosen.
import type { DetectorVariant } from '@sidemark/core/contract';
import type { TensorDescription } from '@sidemark/core/onnx';

type Side = number | '*';
type Output = readonly Side[];

/** '*' stands for a size that the file leaves open, and for one that may be anything. */
function fits(shape: TensorDescription['shape'], wanted: Output): boolean {
  if (shape === undefined) return true;
  return (
    shape.length === wanted.length &&
    wanted.every((side, i) => side === '*' || typeof shape[i] === 'string' || shape[i] === side)
  );
}

const conventions: readonly { variant: DetectorVariant; outputs: readonly Output[] }[] = [
  {
    variant: 'nms-xyxy-padded',
    outputs: [
      ['*', '*', 4],
      ['*', '*'],
      ['*', '*'],
    ],
  },
  { variant: 'nms-variable', outputs: [['*', 4], ['*'], ['*']] },
  { variant: 'tf-od', outputs: [['*', '*', 4], ['*', '*'], ['*', '*'], ['*']] },
  {
    variant: 'trt-nms',
    outputs: [
      ['*', '*', 4],
      ['*', '*'],
      ['*', '*'],
      ['*', 1],
    ],
  },
  { variant: 'automl-rows7', outputs: [['*', '*', 7]] },
  { variant: 'effdet-rows6', outputs: [['*', '*', 6]] },
  {
    variant: 'effdet-raw',
    outputs: [
      ['*', '*', 4],
      ['*', '*', '*'],
    ],
  },
  { variant: 'yolo-grid', outputs: [['*', '*', '*']] },
  { variant: 'yolo-obj', outputs: [['*', '*', '*']] },
  { variant: 'yolo-e2e', outputs: [['*', '*', 6]] },
  {
    variant: 'mmdeploy',
    outputs: [
      ['*', '*', 5],
      ['*', '*'],
    ],
  },
  {
    variant: 'detr-set',
    outputs: [
      ['*', '*', 4],
      ['*', '*', '*'],
    ],
  },
];

/** One output of scores and one of boxes for each level. */
function areLevelMaps(outputs: readonly TensorDescription[]): boolean {
  return outputs.length >= 4 && outputs.length % 2 === 0 && outputs.every(({ shape }) => shape?.length === 4);
}

export function variantsThatFit(outputs: readonly TensorDescription[]): DetectorVariant[] {
  const found = conventions
    .filter((one) => one.outputs.length === outputs.length && assigns(outputs, one.outputs))
    .map(({ variant }) => variant);
  return areLevelMaps(outputs) ? [...found, 'effdet-raw'] : found;
}

/** Can every wanted shape have an output of its own? */
function assigns(outputs: readonly TensorDescription[], wanted: readonly Output[]): boolean {
  const [first, ...rest] = wanted;
  if (first === undefined) return true;
  return outputs.some((output, i) => fits(output.shape, first) && assigns(outputs.toSpliced(i, 1), rest));
}
