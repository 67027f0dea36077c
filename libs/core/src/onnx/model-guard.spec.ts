import { describe, expect, it } from '@jest/globals';
import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import { guardModel, modelLimits } from './index.ts';

const { onnx } = onnxProto;
const { DataType, DataLocation } = onnx.TensorProto;
const { AttributeType } = onnx.AttributeProto;

const promised = {
  opset: 17,
  input: { image: { name: 'image', dtype: 'float32' as const }, extra: [] },
  outputs: [{ name: 'out' }],
};

const tensorOf = (name: string, elemType: number = DataType.FLOAT): Onnx.IValueInfoProto => ({
  name,
  type: { tensorType: { elemType, shape: { dim: [{ dimValue: 4 }] } } },
});
const weights: Onnx.ITensorProto = {
  name: 'w',
  dataType: DataType.FLOAT,
  dims: [4],
  rawData: new Uint8Array(16),
};
const add: Onnx.INodeProto = { opType: 'Add', input: ['image', 'w'], output: ['out'] };

function model(graph: Onnx.IGraphProto = {}, more: Onnx.IModelProto = {}): Uint8Array {
  const whole: Onnx.IGraphProto = {
    name: 'g',
    node: [add],
    initializer: [weights],
    input: [tensorOf('image')],
    output: [tensorOf('out')],
  };
  return onnx.ModelProto.encode({
    irVersion: 8,
    opsetImport: [{ domain: '', version: 17 }],
    graph: { ...whole, ...graph },
    ...more,
  }).finish();
}

/** @param depth branches below the node */
function branch(depth: number, inner: Onnx.INodeProto = add): Onnx.INodeProto {
  const node = depth > 1 ? branch(depth - 1, inner) : inner;
  const body: Onnx.IGraphProto = { name: 'b', node: [node], output: [{ name: 'out' }] };
  const attribute = ['then_branch', 'else_branch'].map((name) => ({
    name,
    type: AttributeType.GRAPH,
    g: body,
  }));
  return { opType: 'If', input: ['image'], output: ['out'], attribute };
}

const constant = (t: Onnx.ITensorProto): Onnx.INodeProto => ({
  opType: 'Constant',
  output: ['c'],
  attribute: [{ name: 'value', type: AttributeType.TENSOR, t }],
});
const twice = (bytes: Uint8Array): Uint8Array => Uint8Array.from([...bytes, ...bytes]);
const nested = (node: Onnx.INodeProto): Uint8Array => model({ node: [branch(1, node)] });

describe('guardModel passes', () => {
  it.each([
    ['a plain model', model()],
    [
      'the standard domain by its long name',
      model({}, { opsetImport: [{ domain: 'ai.onnx', version: 17 }] }),
    ],
    [
      'classic machine learning operators',
      model(
        { node: [{ ...add, opType: 'Scaler', domain: 'ai.onnx.ml' }] },
        {
          opsetImport: [
            { domain: '', version: 17 },
            { domain: 'ai.onnx.ml', version: 3 },
          ],
        },
      ),
    ],
    ['weights that are named as inputs too', model({ input: [tensorOf('image'), tensorOf('w')] })],
    [
      'weights in typed fields',
      model({ initializer: [{ ...weights, rawData: null, floatData: [1, 2, 3, 4] }] }),
    ],
    ['If, whose branches obey the same rules', model({ node: [branch(4)] })],
    ['a stored constant', model({ node: [constant(weights), add] })],
  ])('%s', (_, bytes) => {
    expect(() => guardModel(bytes, promised)).not.toThrow();
  });
});

describe('guardModel refuses', () => {
  const sequence = { name: 'out', type: { sequenceType: { elemType: { tensorType: { elemType: 1 } } } } };
  const optional = Uint8Array.from([10, 1, 120, 18, 4, 74, 2, 10, 0]);
  const external = {
    ...weights,
    rawData: null,
    dataLocation: DataLocation.EXTERNAL,
    externalData: [{ key: 'location', value: '../../identity/site.key' }],
  };
  const huge = { ...weights, dims: [100_000, 100_000, 100_000] };
  const loop = { opType: 'Loop', input: ['', 'image'], output: ['out'] };

  it.each([
    ['model-not-onnx', 'text', new TextEncoder().encode('<html>not found</html>')],
    ['model-not-onnx', 'nothing', new Uint8Array()],
    ['model-not-onnx', 'a cut file', model().subarray(0, model().length - 3)],
    ['model-not-onnx', 'a model without a graph', onnx.ModelProto.encode({ irVersion: 8 }).finish()],
    ['model-not-onnx', 'two graphs, which a protobuf library would merge', twice(model())],
    ['model-not-onnx', 'a node without operator', model({ node: [{ ...add, opType: '' }] })],
    ['model-external-data', 'weights in another file', model({ initializer: [external] })],
    [
      'model-external-data',
      'a path without a location',
      model({ initializer: [{ ...external, dataLocation: DataLocation.DEFAULT }] }),
    ],
    ['model-external-data', 'a constant in another file', model({ node: [constant(external)] })],
    ['model-external-data', 'a constant in a branch in another file', nested(constant(external))],
    ['model-domain', 'operators of a vendor', model({ node: [{ ...add, domain: 'com.microsoft' }] })],
    ['model-domain', 'operators of a vendor in a branch', nested({ ...add, domain: 'my.ops' })],
    [
      'model-domain',
      'an import of a vendor’s operators',
      model({}, { opsetImport: [{ domain: 'com.microsoft', version: 1 }] }),
    ],
    ['model-control-flow', 'Loop', model({ node: [loop] })],
    ['model-control-flow', 'Scan', model({ node: [{ ...loop, opType: 'Scan' }] })],
    ['model-control-flow', 'SequenceMap', model({ node: [{ ...loop, opType: 'SequenceMap' }] })],
    ['model-control-flow', 'Loop in a branch', nested(loop)],
    [
      'model-control-flow',
      'a graph under another operator',
      model({ node: [{ ...branch(1), opType: 'Add' }] }),
    ],
    ['model-control-flow', 'branches in branches without end', model({ node: [branch(5)] })],
    ['model-control-flow', 'a sequence as output', model({ output: [sequence] })],
    ['model-control-flow', 'an input without a type', model({ input: [{ name: 'image' }] })],
    ['model-functions', 'functions of its own', model({}, { functions: [{ name: 'f', domain: 'd' }] })],
    ['model-functions', 'training graphs', model({}, { trainingInfo: [{}] })],
    ['model-tensor-invalid', 'weights larger than the file', model({ initializer: [huge] })],
    ['model-tensor-invalid', 'a constant larger than the file', model({ node: [constant(huge)] })],
    [
      'model-tensor-invalid',
      'typed weights that are not there',
      model({ initializer: [{ ...weights, rawData: null, floatData: [1] }] }),
    ],
    ['model-tensor-invalid', 'negative dimensions', model({ initializer: [{ ...weights, dims: [-4] }] })],
    ['model-tensor-invalid', 'an unknown type', model({ initializer: [{ ...weights, dataType: 77 }] })],
    ['model-tensor-invalid', 'sparse weights', model({ sparseInitializer: [{ dims: [1e12] }] })],
    ['model-opset-mismatch', 'another opset', model({}, { opsetImport: [{ domain: '', version: 18 }] })],
    ['model-opset-mismatch', 'no opset', model({}, { opsetImport: [] })],
    ['model-interface-mismatch', 'a missing input', model({ input: [] })],
    [
      'model-interface-mismatch',
      'an input of another type',
      model({ input: [tensorOf('image', DataType.DOUBLE)] }),
    ],
    ['model-interface-mismatch', 'an unnamed input', model({ input: [tensorOf('image'), tensorOf('age')] })],
    ['model-interface-mismatch', 'an unnamed output', model({ output: [tensorOf('out'), tensorOf('leak')] })],
    ['model-interface-mismatch', 'an output twice', model({ output: [tensorOf('out'), tensorOf('out')] })],
  ])('%s: %s', (code, _, bytes) => {
    expect(() => guardModel(bytes, promised)).toThrow(expect.objectContaining({ code }));
  });

  it('model-decode-unsupported: suppression by TensorRT, before its operator is looked at', () => {
    const engine = model({ node: [{ ...add, opType: 'EfficientNMS_TRT', domain: 'TRT' }] });
    expect(() => guardModel(engine, { ...promised, decode: { variant: 'trt-nms' } })).toThrow(
      expect.objectContaining({ code: 'model-decode-unsupported' }),
    );
  });

  it('model-control-flow: an optional as output', () => {
    // onnx-proto does not know optional types: the value's bytes are put in by hand, as another output
    const graph = onnx.GraphProto.encode({ name: 'g', node: [add], input: [tensorOf('image')] }).finish();
    const whole = Uint8Array.from([...graph, 0x62, optional.length, ...optional]);
    const bytes = Uint8Array.from([8, 8, 0x3a, whole.length, ...whole, 0x42, 2, 16, 17]);
    expect(() => guardModel(bytes, promised)).toThrow(
      expect.objectContaining({ code: 'model-control-flow' }),
    );
  });

  it('model-too-large: more bytes or more fields than any model has', () => {
    const tooLarge = expect.objectContaining({ code: 'model-too-large' });
    expect(() => guardModel(model(), promised, { ...modelLimits, bytes: 50 })).toThrow(tooLarge);
    expect(() => guardModel(model(), promised, { ...modelLimits, fields: 10 })).toThrow(tooLarge);
  });

  it('with a code, wherever a file was cut or damaged', () => {
    const whole = model({ node: [branch(2), constant(weights)] });
    for (let at = 0; at < whole.length; at++) {
      const damaged = whole.slice();
      damaged[at]! ^= 0xff;
      for (const bytes of [whole.slice(0, at), damaged]) {
        let thrown: unknown;
        try {
          guardModel(bytes, promised);
        } catch (error) {
          thrown = error;
        }
        expect(thrown ?? { code: 'model-passed' }).toMatchObject({ code: expect.stringMatching(/^model-/) });
      }
      expect(() => guardModel(whole.slice(0, at), promised)).toThrow();
    }
  });
});
