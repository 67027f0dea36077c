import { readFile } from 'node:fs/promises';
import { describe, expect, it } from '@jest/globals';
import { ClassifierManifest } from '@sidemark/core/contract';
import { canaryTensor } from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import { featuresClassifier } from '../../pipeline/test-support/tiny-heads.ts';
import { localFeatures } from '../../pipeline/test-support/tiny-models.ts';
import { temporaryFolder } from '../../pipeline/test-support/tiny-study.ts';
import { type MapAsked, mapsOf } from './maps.sample.ts';

const root = new URL('../../../../../', import.meta.url);
const at = (path: string): string => new URL(path, root).pathname;

interface Golden {
  image: number[];
  logits: number[];
  maps: number[][];
}

/** Largest difference, relative to the largest value. */
function difference(found: readonly number[], expected: readonly number[]): number {
  expect(found).toHaveLength(expected.length);
  const scale = Math.max(...expected.map(Math.abs));
  return Math.max(...found.map((value, i) => Math.abs(value - expected[i]!))) / scale;
}

const mapOf = (answer: object | undefined): number[] =>
  (answer as { map: { data: number[] } | null } | undefined)?.map?.data ?? [];

describe('Grad-CAM by bumps', () => {
  it.each(['any-batch', 'one-film'])(
    'equals the gradients of torch on a head that is not linear: %s',
    async (name) => {
      const golden = (
        JSON.parse(await readFile(at('test/golden/activation-maps/answers.json'), 'utf8')) as Record<
          string,
          Golden
        >
      )[name]!;
      const path = at(`test/golden/activation-maps/${name}.onnx`);
      const digest = sha256(await readFile(path));
      const whole = (await localFeatures(await temporaryFolder())).manifest;
      const labels = ['a', 'b', 'c'];
      const asked = labels.map((judged): MapAsked => {
        const manifest = ClassifierManifest.parse({
          ...whole,
          sha256: digest,
          labels,
          outputs: [{ name: 'logits', semantic: 'logits' }],
          decode: { variant: 'multilabel', judged },
          activationMap: { method: 'gradcam-bump', features: '/body/body.3/Relu_output_0' },
        });
        return {
          model: { sha256: digest, path, manifest },
          image: { data: golden.image, dims: [1, 1, 32, 32] },
        };
      });
      const found = await mapsOf(asked);
      labels.forEach((_, i) => {
        expect(found[i]).toMatchObject({
          logits: [expect.closeTo(golden.logits[i]!, 4)],
          map: { width: 8, height: 8 },
        });
        expect(difference(mapOf(found[i]), golden.maps[i]!)).toBeLessThan(2e-4);
      });
    },
  );
});

describe('on a shipped classifier', () => {
  it('CAM, Grad-CAM by bumps and the exported map are one map, up to the cells', async () => {
    const path = at('models/binary/binary-original-s1.onnx');
    const manifest = ClassifierManifest.parse(
      JSON.parse(await readFile(at('models/binary/binary-original-s1.json'), 'utf8')),
    );
    const { data, dims } = canaryTensor('plateau', manifest.input.image, [0, 1]);
    const image = { data: [...data], dims };
    const features = 'features';
    const methods = [
      undefined,
      { method: 'cam', features, weight: 'net.head.weight' },
      // the same weights, as the exporter keeps them for the map
      { method: 'cam', features, weight: 'onnx::Conv_111' },
      { method: 'gradcam-bump', features },
    ] as const;
    const found = await mapsOf(
      methods.map((activationMap) => ({
        model: {
          sha256: manifest.sha256,
          path,
          manifest: { ...manifest, ...(activationMap && { activationMap }) },
        },
        image,
      })),
    );
    const [exported, cam, conv, bumped] = found.map(mapOf);
    expect(Math.max(...exported!)).toBeGreaterThan(0);
    expect(difference(cam!, exported!)).toBeLessThan(1e-5);
    expect(conv).toEqual(cam);
    expect(
      difference(
        bumped!.map((value) => value * bumped!.length),
        cam!,
      ),
    ).toBeLessThan(1e-3);
  });
});

describe('a map that cannot be made', () => {
  const refusal = (reason: RegExp) => ({
    refused: { code: 'model-map-unavailable', details: { reason: expect.stringMatching(reason) } },
  });

  it('says why', async () => {
    const folder = await temporaryFolder();
    const model = await localFeatures(folder);
    const image = { data: new Array<number>(32 * 32).fill(0.5), dims: [1, 1, 32, 32] };
    const cam = { method: 'cam', features: 'features', weight: 'fc' } as const;
    const bump = { method: 'gradcam-bump', features: 'features' } as const;
    const withMap = (activationMap: ClassifierManifest['activationMap']): MapAsked => ({
      model: { ...model, manifest: { ...model.manifest, activationMap } },
      image,
    });
    const maximal = await localFeatures(folder, 'maximal', featuresClassifier('max'));
    const leaking = await localFeatures(folder, 'leaking', featuresClassifier('leak'));
    const found = await mapsOf([
      withMap(cam),
      withMap(bump),
      withMap({ ...cam, weight: 'nothing' }),
      withMap({ ...cam, weight: 'other' }),
      withMap({ ...bump, features: 'nothing' }),
      withMap({ ...bump, features: 'pooled' }),
      withMap({ ...bump, logits: 'pooled-features', features: 'answer' }),
      { model: maximal, image },
      { model: leaking, image },
    ]);
    expect(found).toMatchObject([
      { map: { width: 16, height: 16 } },
      { map: { width: 16, height: 16 } },
      refusal(/no float32 tensor of this name/),
      refusal(/not average pooling and one linear layer with this weight/),
      refusal(/no node of the graph makes the features/),
      refusal(/features are not \[1, K, h, w\]|does not load/),
      refusal(/not made of the features alone/),
      refusal(/not average pooling and one linear layer/),
      refusal(/not made of the features alone/),
    ]);
  });
});
