import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { Manifest } from '@sidemark/core/contract';
import onnxProto, { type onnx as Onnx } from 'onnx-proto';
import { variantsThatFit } from './detector-fits.ts';
import { inspectModel } from './inspect-model.ts';
import { questionsOf } from './question.ts';

const { onnx } = onnxProto;
const root = new URL('../../../../models/', import.meta.url);
const shipped = (path: string): Promise<Buffer> => readFile(new URL(path, root));

const value = (name: string, sides: readonly (number | string)[], elemType = 1): Onnx.IValueInfoProto => ({
  name,
  type: {
    tensorType: {
      elemType,
      shape: {
        dim: sides.map((side) => (typeof side === 'number' ? { dimValue: side } : { dimParam: side })),
      },
    },
  },
});

function modelOf(
  input: Onnx.IValueInfoProto[],
  output: Onnx.IValueInfoProto[],
  more: Onnx.IModelProto = {},
  opType = 'Relu',
): Uint8Array {
  const node = [{ name: 'n', opType, input: ['image'], output: ['out'] }];
  const graph = { name: 'g', node, input, output };
  const opsetImport = [{ domain: '', version: 17 }];
  return Uint8Array.from(onnx.ModelProto.encode({ irVersion: 8, opsetImport, graph, ...more }).finish());
}

const film = value('image', [1, 3, 'h', 'w']);
const asked = (found: ReturnType<typeof inspectModel>): string[] => found.questions.map(({ path }) => path);

describe('inspectModel', () => {
  it('says what a shipped classifier is, and leaves open what the file does not say', async () => {
    const bytes = await shipped('binary/binary-original-s1.onnx');
    const { sha256 } = JSON.parse(String(await shipped('binary/binary-original-s1.json'))) as {
      sha256: string;
    };
    const found = inspectModel(bytes);
    expect(found).toMatchObject({
      sha256,
      sizeBytes: bytes.length,
      producer: 'pytorch 2.8.0',
      opsets: [{ domain: '', version: 15 }],
      inputs: [{ name: 'images', type: 'float32', shape: [1, 1, 128, 128] }],
      outputs: [{ name: 'logits', shape: [1, 1] }, { name: 'features' }, { name: 'cam' }],
      refused: null,
      rolesThatFit: ['classifier'],
      pooled: ['features'],
      linearWeights: ['net.head.weight'],
      manifest: { opset: 15, input: { image: { layout: 'NCHW', size: { h: 128, w: 128 } } } },
    });
    expect(asked(found)).toEqual(
      expect.arrayContaining(['input.image.intensity.scale', 'outputs.0.semantic']),
    );
  });

  it.each(['marker-detector.onnx', 'marker-inpainter.onnx', 'three-class/three-class-clipped-s2.onnx'])(
    'proposes for %s what is no manifest until every question is answered',
    async (path) => {
      const found = inspectModel(await shipped(path));
      expect(found.refused).toBeNull();
      const whole: unknown = JSON.parse(
        await readFile(new URL(path.replace('.onnx', '.json'), root), 'utf8'),
      );
      const { questions, manifest } = found;
      for (const { path: left } of questions) {
        // every other answer taken from the shipped manifest: one that is left out is enough to be refused
        const answers = structuredClone(manifest);
        for (const one of questions) if (one.path !== left) put(answers, one.path, at(whole, one.path));
        expect(questionsOf(answers)).toHaveLength(1);
        expect(Manifest.safeParse(answers).success).toBe(false);
      }
    },
  );

  it('asks for channel order, layout and size where the shape leaves them open', () => {
    const open = inspectModel(modelOf([film], [value('out', [1, 5])]));
    expect(asked(open)).toEqual(expect.arrayContaining(['input.image.channelOrder', 'input.image.size']));
    expect(asked(open)).not.toContain('input.image.layout');
    const unclear = inspectModel(modelOf([value('image', [1, 3, 32, 3])], [value('out', [1, 5])]));
    expect(asked(unclear)).toEqual(expect.arrayContaining(['input.image.layout', 'input.image.channels']));
    const mask = value('mask', [1, 1, 64, 64]);
    const filler = inspectModel(modelOf([film, mask], [value('out', [1, 3, 'h', 'w'])]));
    expect(filler.rolesThatFit).toEqual(['inpainter']);
    expect(asked(filler)).toEqual(expect.arrayContaining(['input.extra.0.hole', 'input.extra.0.kind']));
  });

  it('takes a role from nobody but the shapes or the person', () => {
    const two = modelOf([film], [value('boxes', [1, 100, 4]), value('logits', [1, 100, 3])]);
    expect(asked(inspectModel(modelOf([film], [value('a', [9]), value('b', [9])])))).toContain('role');
    expect(inspectModel(two).manifest).toMatchObject({ role: 'detector' });
    expect(inspectModel(two, 'classifier').manifest).toMatchObject({ role: 'classifier' });
  });

  it('takes the manifest that the file brings along', async () => {
    const bytes = modelOf([film], [value('out', [1, 1])]);
    const whole = JSON.parse(String(await shipped('binary/binary-original-s1.json'))) as object;
    const copy = { key: 'sidemark.manifest', value: JSON.stringify({ ...whole, sha256: undefined }) };
    const found = inspectModel(modelOf([film], [value('out', [1, 1])], { metadataProps: [copy] }));
    expect(found.questions).toEqual([]);
    expect(found.manifest).toMatchObject({ name: 'binary-original-s1', sha256: found.sha256 });
    const broken = { key: 'sidemark.manifest', value: '{"name":' };
    expect(
      inspectModel(modelOf([film], [value('out', [1, 1])], { metadataProps: [broken] })).manifest,
    ).toEqual({
      ...inspectModel(bytes).manifest,
      sha256: expect.any(String),
    });
  });

  it.each([
    ['model-control-flow', modelOf([film], [value('out', [1])], {}, 'Loop')],
    ['model-interface-mismatch', modelOf([value('image', [1, 1, 8, 8], 7)], [value('out', [1])])],
    ['model-functions', modelOf([film], [value('out', [1])], { functions: [{ name: 'f' }] })],
  ])('tells of %s before anybody registers the file', (code, bytes) => {
    expect(inspectModel(bytes).refused).toMatchObject({ code });
  });

  it('refuses what is no model', () => {
    expect(() => inspectModel(new TextEncoder().encode('# README'))).toThrow(
      expect.objectContaining({ code: 'model-not-onnx' }),
    );
  });
});

describe('variantsThatFit', () => {
  const shapes = (...of: (number | string)[][]) =>
    of.map((shape, i) => ({ name: `${i}`, type: 'float32', shape }));

  it.each([
    ['nms-xyxy-padded', shapes([1, 300, 4], [1, 300], [1, 300])],
    ['nms-variable', shapes(['m', 4], ['m'], ['m'])],
    ['tf-od', shapes([1], [1, 100, 4], [1, 100], [1, 100])],
    ['automl-rows7', shapes([1, 'n', 7])],
    ['effdet-rows6', shapes([1, 100, 6])],
    ['effdet-raw', shapes([1, 49104, 3], [1, 49104, 4])],
    ['effdet-raw', shapes([1, 27, 64, 64], [1, 36, 64, 64], [1, 27, 32, 32], [1, 36, 32, 32])],
    ['yolo-grid', shapes([1, 7, 8400])],
    ['yolo-obj', shapes([1, 8400, 8])],
    ['yolo-e2e', shapes([1, 300, 6])],
    ['mmdeploy', shapes([1, 'm', 5], [1, 'm'])],
    ['detr-set', shapes([1, 100, 4], [1, 100, 4])],
    ['trt-nms', shapes([1, 1], [1, 100, 4], [1, 100], [1, 100])],
  ])('offers %s', (variant, outputs) => {
    expect(variantsThatFit(outputs)).toContain(variant);
  });

  it('offers no convention with other shapes', () => {
    expect(variantsThatFit(shapes([1, 300, 4], [1, 300], [1, 300]))).toEqual(['nms-xyxy-padded']);
    expect(variantsThatFit(shapes([1, 1000]))).toEqual([]);
  });
});

const inside = (value: unknown, key: string): unknown => (value as Record<string, unknown>)[key];

function at(value: unknown, path: string): unknown {
  return path.split('.').reduce(inside, value);
}

function put(value: unknown, path: string, answer: unknown): void {
  const keys = path.split('.');
  const last = keys.pop()!;
  (keys.reduce(inside, value) as Record<string, unknown>)[last] = answer;
}
