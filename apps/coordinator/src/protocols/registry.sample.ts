// Four released models and a frozen protocol over them, made through the doors of the coordinator.
import { Buffer } from 'node:buffer';
import type { Manifest, ModelVersion, Protocol } from '@sidemark/core/contract';
import { sha256 } from '@sidemark/core/signing';
import onnxProto from 'onnx-proto';
import type { RunningCoordinator } from '../../../../test/support/coordinator.ts';
import {
  classifierManifest,
  detectorManifest,
  inpainterManifest,
  multiclassManifest,
} from '../models/manifest.sample.ts';

/** An ONNX file that hands its image through, to every output that its manifest names. */
export function sampleBytes(name: string, outputs: readonly string[] = ['out']): Buffer {
  const tensor = (value: string) => ({ name: value, type: { tensorType: { elemType: 1 } } });
  const { ModelProto } = onnxProto.onnx;
  return Buffer.from(
    ModelProto.encode({
      irVersion: 8,
      docString: `the model ${name} `.repeat(50),
      opsetImport: [{ domain: '', version: 17 }],
      graph: {
        node: outputs.map((output) => ({ opType: 'Identity', input: ['image'], output: [output] })),
        input: [tensor('image')],
        output: outputs.map(tensor),
      },
    }).finish(),
  );
}

export async function uploadSample(
  coordinator: RunningCoordinator,
  sha: string,
  bytes: Uint8Array,
): Promise<Response> {
  const headers = {
    authorization: `Bearer ${coordinator.adminToken}`,
    'content-type': 'application/octet-stream',
  };
  return fetch(`${coordinator.url}/api/blobs/${sha}`, { method: 'PUT', headers, body: Buffer.from(bytes) });
}

async function expectOk<T>(answer: Promise<{ status: number; body: T }>): Promise<T> {
  const { status, body } = await answer;
  if (status !== 200) throw new Error(JSON.stringify(body));
  return body;
}

export async function registerSample(
  coordinator: RunningCoordinator,
  name: string,
  manifestOf: (name: string, sha: string) => Manifest,
): Promise<ModelVersion> {
  const outputs = manifestOf(name, '').outputs.map((output) => output.name);
  const bytes = sampleBytes(name, outputs);
  const sha = sha256(bytes);
  await uploadSample(coordinator, sha, bytes);
  return expectOk(
    coordinator.call<ModelVersion>('POST', '/api/models', { body: { manifest: manifestOf(name, sha) } }),
  );
}

/** markers, filler, chest and grades, each 1.0.0 and released. */
export async function releaseSamples(coordinator: RunningCoordinator): Promise<ModelVersion[]> {
  const released: ModelVersion[] = [];
  for (const [name, manifestOf] of [
    ['markers', detectorManifest],
    ['filler', inpainterManifest],
    ['chest', classifierManifest],
    ['grades', multiclassManifest],
  ] as const) {
    const { sha256: sha } = await registerSample(coordinator, name, manifestOf);
    released.push(await expectOk(coordinator.call<ModelVersion>('POST', `/api/models/${sha}/release`)));
  }
  return released;
}

export const sampleDraft = {
  name: 'main',
  detector: 'markers@1.0.0',
  inpainter: 'filler@1.0.0',
  classifiers: [
    { id: 'chest', model: 'chest@1.0.0' },
    { id: 'grades', model: 'grades@1.0.0' },
  ],
  arms: ['original', 'inpainted'],
  comparisons: [
    { id: 'gain', a: { classifier: 'chest', arm: 'inpainted' }, b: { classifier: 'chest', arm: 'original' } },
  ],
};

export function draftSample(
  coordinator: RunningCoordinator,
  study: string,
  change: object = {},
): Promise<Protocol> {
  const path = `/api/studies/${study}/protocols`;
  return expectOk(coordinator.call<Protocol>('POST', path, { body: { ...sampleDraft, ...change } }));
}

export async function freezeSample(
  coordinator: RunningCoordinator,
  study: string,
  change: object = {},
): Promise<Protocol> {
  const { id } = await draftSample(coordinator, study, change);
  return expectOk(coordinator.call<Protocol>('POST', `/api/protocols/${id}/freeze`));
}
