import { readdir } from 'node:fs/promises';
import { request } from 'node:http';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AuditEntry,
  ModelRelease,
  type ModelVersion,
  payloadTypes,
  type ReleasedModel,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { digestOf, openEnvelope, sha256 } from '@sidemark/core/signing';
import { type RunningCoordinator, startCoordinator } from '../../../../test/support/coordinator.ts';
import { Database } from '../platform/database/database.ts';
import { KeysStore } from '../platform/keys/keys.store.ts';
import {
  freezeSample,
  registerSample,
  releaseSamples,
  sampleBytes,
  uploadSample,
} from '../protocols/registry.sample.ts';
import { BlobStore } from './blobs/blob.store.ts';
import { classifierManifest, detectorManifest } from './manifest.sample.ts';
import { addSampleSite, addSampleStudy, type SampleSite } from './site.sample.ts';

const problem = (code: string) => expect.objectContaining({ code });

describe('the model registry', () => {
  let coordinator: RunningCoordinator;
  beforeAll(async () => {
    coordinator = await startCoordinator();
  });
  afterAll(() => coordinator.close());

  const blobs = async () => (await readdir(join(coordinator.dataDir, 'blobs'))).sort();
  const register = (manifest: unknown) =>
    coordinator.call<ModelVersion & { details: { issues?: string[] } }>('POST', '/api/models', {
      body: { manifest },
    });

  describe('an upload', () => {
    it('is kept under its digest, and kept again the same way', async () => {
      const bytes = sampleBytes('first');
      for (let i = 0; i < 2; i++) {
        const answer = await uploadSample(coordinator, sha256(bytes), bytes);
        expect(answer.status).toBe(200);
        expect(await answer.json()).toEqual({ sha256: sha256(bytes), sizeBytes: bytes.length });
      }
      expect(await blobs()).toEqual([`${sha256(bytes)}.onnx`]);
    });

    it('leaves nothing when it has another digest', async () => {
      const before = await blobs();
      const answer = await uploadSample(coordinator, sha256('promised'), sampleBytes('sent'));
      expect(answer.status).toBe(422);
      expect(await answer.json()).toEqual(problem('model-digest-mismatch'));
      expect(await blobs()).toEqual(before);
    });

    it('leaves nothing when it is empty, too large, or cut off', async () => {
      const before = await blobs();
      const empty = await uploadSample(coordinator, sha256(''), Buffer.alloc(0));
      expect(await empty.json()).toEqual(problem('invalid-input'));

      const store = coordinator.app.get(BlobStore);
      async function* chunks() {
        yield await Promise.resolve(Buffer.alloc(6));
        yield Buffer.alloc(6);
      }
      await expect(store.keep(sha256(Buffer.alloc(12)), chunks(), 11)).rejects.toMatchObject({
        code: 'payload-too-large',
      });

      await cutOff(coordinator, sha256('cut off'));
      await until(async () => (await blobs()).length === before.length);
    });

    it('is not taken as JSON', async () => {
      const answer = await coordinator.call('PUT', `/api/blobs/${sha256('{}')}`, { body: {} });
      expect(answer).toMatchObject({ status: 422, body: problem('invalid-input') });
    });
  });

  describe('a registration', () => {
    it('needs the bytes first', async () => {
      const answer = await register(classifierManifest('absent', sha256('absent')));
      expect(answer).toMatchObject({ status: 404, body: problem('not-found') });
    });

    it('refuses an unknown manifest key by name', async () => {
      const { status, body } = await register({ ...classifierManifest('odd', sha256('odd')), colour: 'red' });
      expect(status).toBe(422);
      expect(body).toMatchObject({
        code: 'manifest-invalid',
        details: { issues: ['manifest: unknown field "colour"'] },
      });
    });

    it('refuses bytes that are no ONNX model, and a model of another opset than its manifest says', async () => {
      const text = Buffer.from('<html>not found</html>');
      await uploadSample(coordinator, sha256(text), text);
      const page = await register(classifierManifest('page', sha256(text)));
      expect(page).toMatchObject({ status: 422, body: problem('model-not-onnx') });
      const bytes = sampleBytes('mute');
      await uploadSample(coordinator, sha256(bytes), bytes);
      const manifest = classifierManifest('mute', sha256(bytes));
      const mute = await register({ ...manifest, opset: 18 });
      expect(mute).toMatchObject({ status: 422, body: problem('model-opset-mismatch') });
      const { status } = await register(manifest);
      expect(status).toBe(200);
    });

    it('refuses a detector whose outputs are not those of its variant, and one that needs TensorRT, with the remedy', async () => {
      const bytes = sampleBytes('detector');
      await uploadSample(coordinator, sha256(bytes), bytes);
      const detector = detectorManifest('tensorrt', sha256(bytes));
      const decode = { variant: 'mmdeploy', labelOffset: 0 };
      expect((await register({ ...detector, decode })).body.details.issues).toEqual([
        'outputs: no output is said to be boxes',
      ]);
      const outputs = ['boxes', 'scores', 'labels', 'count'].map((semantic) => ({
        name: semantic,
        semantic,
      }));
      const [canary] = detector.canary;
      const engine = {
        ...detector,
        outputs,
        decode: { variant: 'trt-nms' },
        canary: [{ ...canary, outputs: { boxes: { indices: [0], values: [1] } } }],
      };
      expect(await register(engine)).toMatchObject({
        status: 422,
        body: problem('model-decode-unsupported'),
      });
    });

    it('is immutable: neither name and version nor digest are taken twice', async () => {
      const model = await registerSample(coordinator, 'once', classifierManifest);
      expect(model).toMatchObject({ state: 'registered', sizeBytes: sampleBytes('once').length });
      expect(model.manifestSha256).toBe(digestOf(model.manifest));
      const sameDigest = await register(classifierManifest('other-name', model.sha256));
      const bytes = sampleBytes('twice');
      await uploadSample(coordinator, sha256(bytes), bytes);
      const sameName = await register(classifierManifest('once', sha256(bytes)));
      expect([sameDigest.body, sameName.body]).toEqual([
        problem('already-exists'),
        problem('already-exists'),
      ]);
    });
  });

  describe('a release', () => {
    let models: ModelVersion[];
    let site: SampleSite;
    let stranger: SampleSite;
    const get = (path: string, token: string, headers: Record<string, string> = {}) =>
      fetch(`${coordinator.url}${path}`, { headers: { authorization: `Bearer ${token}`, ...headers } });
    const bytesOf = (headers: Record<string, string>) =>
      get(`/api/site/models/${models[0]!.sha256}/bytes`, site.token, headers);

    beforeAll(async () => {
      models = await releaseSamples(coordinator);
      const study = await addSampleStudy(coordinator.app, 'fetching');
      site = await addSampleSite(coordinator.app, study, 'alpha');
      stranger = await addSampleSite(coordinator.app, study, 'beta');
      const protocol = await freezeSample(coordinator, study);
      await addJob(coordinator, protocol.id, site);
    });

    it('is signed by the release key over digest, size and manifest', async () => {
      const { release, manifest } = (await (
        await get(`/api/site/models/${models[0]!.sha256}`, site.token)
      ).json()) as ReleasedModel;
      const key = coordinator.app.get(KeysStore).release;
      const { payload } = openEnvelope(release, payloadTypes.modelRelease, (id) =>
        id === key.keyId ? key.publicKey : undefined,
      );
      expect(ModelRelease.parse(JSON.parse(Buffer.from(payload).toString()))).toMatchObject({
        name: 'markers',
        sha256: models[0]!.sha256,
        sizeBytes: sampleBytes('markers').length,
        manifestSha256: digestOf(manifest),
      });
    });

    it('happens once, and is in the audit log', async () => {
      const { sha256: sha } = models[0]!;
      const again = await coordinator.call('POST', `/api/models/${sha}/release`);
      expect(again).toMatchObject({ status: 409, body: problem('state-conflict') });
      const unknown = await coordinator.call('POST', `/api/models/${sha256('nothing')}/release`);
      expect(unknown).toMatchObject({ status: 404, body: problem('not-found') });
      const { body } = await coordinator.call<AuditEntry[]>('GET', '/api/audit');
      const entries = body.filter(({ content }) => content.subject === sha);
      expect(entries.map(({ content }) => content.action)).toEqual(['model.registered', 'model.released']);
    });

    it('is downloaded whole or from where it stopped', async () => {
      const whole = await bytesOf({});
      expect(whole.status).toBe(200);
      expect(whole.headers.get('accept-ranges')).toBe('bytes');
      const expected = sampleBytes('markers');
      expect(Buffer.from(await whole.arrayBuffer())).toEqual(expected);

      const etag = whole.headers.get('etag')!;
      const rest = await bytesOf({ range: 'bytes=100-', 'if-range': etag });
      expect(rest.status).toBe(206);
      expect(rest.headers.get('content-range')).toBe(`bytes 100-${expected.length - 1}/${expected.length}`);
      expect(rest.headers.get('content-length')).toBe(`${expected.length - 100}`);
      expect(Buffer.from(await rest.arrayBuffer())).toEqual(expected.subarray(100));

      const changed = await bytesOf({ range: 'bytes=100-', 'if-range': '"other"' });
      expect(changed.status).toBe(200);
      await changed.arrayBuffer();
    });

    it('has nothing beyond its end', async () => {
      const beyond = await bytesOf({ range: `bytes=${sampleBytes('markers').length}-` });
      expect(beyond.status).toBe(416);
      expect(beyond.headers.get('content-range')).toBe(`bytes */${sampleBytes('markers').length}`);
      expect(await beyond.text()).toBe('');
    });

    it('is not shown to a site whose jobs do not name it, nor to the administrator', async () => {
      const { sha256: sha } = models[0]!;
      for (const path of [`/api/site/models/${sha}`, `/api/site/models/${sha}/bytes`]) {
        expect(await (await get(path, stranger.token)).json()).toEqual(problem('not-found'));
        expect(await (await get(path, coordinator.adminToken)).json()).toEqual(problem('forbidden'));
      }
      const unnamed = await registerSample(coordinator, 'unnamed', classifierManifest);
      expect((await get(`/api/site/models/${unnamed.sha256}`, site.token)).status).toBe(404);
    });
  });

  it('clears what an interrupted upload left, and nothing else', async () => {
    const store = coordinator.app.get(BlobStore);
    const before = await blobs();
    async function* broken() {
      yield await Promise.resolve(Buffer.from('half'));
      throw new DomainError('internal');
    }
    await expect(store.keep(sha256('half'), broken())).rejects.toMatchObject({ code: 'internal' });
    await store.onModuleInit();
    expect(await blobs()).toEqual(before);
  });
});

async function addJob(coordinator: RunningCoordinator, protocolId: string, site: SampleSite): Promise<void> {
  const at = new Date();
  const id = (): string => crypto.randomUUID();
  const job = { id: id(), siteId: site.id, nonce: '', expiresAt: at, updatedAt: at };
  const run = { id: id(), studyId: site.study, protocolId, createdAt: at, jobs: { create: job } };
  await coordinator.app
    .get(Database)
    .transaction((tx) => tx.run.create({ data: { ...run, jobs: { createMany: { data: [job] } } } }));
}

async function until(holds: () => Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise((later) => setTimeout(later, 10));
}

/** Begins an upload and hangs up in the middle. */
function cutOff(coordinator: RunningCoordinator, sha: string): Promise<void> {
  return new Promise((done) => {
    const headers = {
      authorization: `Bearer ${coordinator.adminToken}`,
      'content-type': 'application/octet-stream',
      'content-length': '1000',
    };
    const upload = request(`${coordinator.url}/api/blobs/${sha}`, { method: 'PUT', headers });
    upload.on('error', () => done());
    upload.write(Buffer.alloc(500), () => setTimeout(() => upload.destroy(), 50));
  });
}
