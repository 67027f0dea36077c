// The model registry: bytes and manifests that are not what they say, and released bytes that changed since.
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sha256 } from '@sidemark/core/signing';
import { classifierManifest } from '../../apps/coordinator/src/models/manifest.sample.ts';
import { sampleBytes, uploadSample } from '../../apps/coordinator/src/protocols/registry.sample.ts';
import type { Heard, HostileCase } from './hostile.ts';
import type { World } from './world.ts';

const at = (expected: string, name: string, attack: (world: World) => Promise<Heard>): HostileCase => ({
  door: 'model',
  name,
  expected,
  prepare: (world) => () => attack(world),
});
const asked = (world: World, method: string, path: string, body = '', type = 'application/json') =>
  world.request(method, path, body, world.bench.coordinator.adminToken, { 'content-type': type });

/** A manifest over bytes that were uploaded by fair means, sent as this text. */
const registered = (
  expected: string,
  name: string,
  text: (manifest: ReturnType<typeof classifierManifest>, world: World) => string,
): HostileCase => ({
  door: 'model',
  name,
  expected,
  prepare: async (world) => {
    const bytes = sampleBytes(`tampered ${name}`);
    await uploadSample(world.bench.coordinator, sha256(bytes), bytes);
    const body = `{"manifest":${text(classifierManifest('tampered', sha256(bytes)), world)}}`;
    return () => asked(world, 'POST', '/api/models', body);
  },
});
const withMore = (change: object): ((manifest: object) => string) => {
  return (manifest) => JSON.stringify({ ...manifest, ...change });
};
const markers = ({ bench }: World) => bench.protocol.document.detector;

export const modelCases: HostileCase[] = [
  at('model-digest-mismatch', 'other bytes than promised', (world) =>
    asked(world, 'PUT', `/api/blobs/${sha256('promised')}`, 'sent', 'application/octet-stream'),
  ),
  at('invalid-input', 'no bytes', (world) =>
    asked(world, 'PUT', `/api/blobs/${sha256('')}`, '', 'application/octet-stream'),
  ),
  at('invalid-input', 'a path for a digest', (world) =>
    asked(world, 'PUT', '/api/blobs/..%2F..%2Fkeys%2Frelease.key', 'x', 'application/octet-stream'),
  ),
  registered('manifest-invalid', 'an unknown manifest key', withMore({ colour: 'red' })),
  registered('manifest-invalid', 'an unknown key deep in the manifest', (manifest) =>
    JSON.stringify(manifest).replace('"size":{', '"size":{"depth":3,'),
  ),
  registered('manifest-invalid', '__proto__ in the manifest', (manifest) =>
    JSON.stringify(manifest).replace('{', '{"__proto__":{"polluted":1},'),
  ),
  registered('manifest-invalid', 'a role that is none', withMore({ role: 'pirate' })),
  registered('manifest-invalid', 'a label with a NUL', withMore({ labels: ['a\0b'] })),
  registered('manifest-invalid', 'a canary of an output that is not there', (manifest) => {
    const canary = manifest.canary.map((one) => ({
      ...one,
      outputs: { other: { indices: [0], values: [0] } },
    }));
    return JSON.stringify({ ...manifest, canary });
  }),
  registered('not-found', 'bytes that nobody sent', withMore({ sha256: sha256('nobody') })),
  registered('already-exists', 'name and version of another model', withMore({ name: 'chest' })),
  registered('already-exists', 'bytes of another model', (manifest, world) =>
    JSON.stringify({ ...manifest, sha256: markers(world).sha256 }),
  ),
  at('state-conflict', 'a second release', (world) =>
    asked(world, 'POST', `/api/models/${markers(world).sha256}/release`, '{}'),
  ),
  at('not-found', 'a release of nothing', (world) =>
    asked(world, 'POST', `/api/models/${sha256('nothing')}/release`, '{}'),
  ),
  at('forbidden', 'a release by a site', (world) =>
    world.request('POST', `/api/models/${sha256('nothing')}/release`, '{}', world.bench.alpha.token),
  ),
  at('not-found', 'a model that no job of the site names', async (world) => {
    const bytes = sampleBytes('unnamed');
    return world.request('GET', `/api/site/models/${sha256(bytes)}`, '', world.bench.alpha.token);
  }),
  {
    door: 'model',
    name: 'released bytes cut short on the disk',
    expected: 'not-found',
    prepare: async (world: World) => {
      const { sha256: digest } = markers(world);
      const path = join(world.bench.coordinator.dataDir, 'blobs', `${digest}.onnx`);
      const whole = await readFile(path);
      return async () => {
        await writeFile(path, whole.subarray(1));
        try {
          const { token } = world.bench.alpha;
          return await world.request('GET', `/api/site/models/${digest}/bytes`, '', token);
        } finally {
          await writeFile(path, whole);
        }
      };
    },
  },
  {
    door: 'model',
    name: 'a protocol over a model that is not there',
    expected: 'not-found',
    prepare: (world: World) => () =>
      asked(
        world,
        'POST',
        `/api/studies/${world.study}/protocols`,
        JSON.stringify({
          name: 'x',
          detector: 'nobody@1.0.0',
          inpainter: 'filler@1.0.0',
          classifiers: [{ id: 'chest', model: 'chest@1.0.0' }],
        }),
      ),
  },
];
