import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type AuditEntry,
  type AuditVerdict,
  type Envelope,
  type Job,
  JobOffer,
  payloadTypes,
  type Protocol,
  ProtocolDocument,
  type Run,
  type SignedProtocol,
} from '@sidemark/core/contract';
import { digestOf, openEnvelope, sha256, type SigningKey } from '@sidemark/core/signing';
import { type RunningCoordinator, startCoordinator } from '../../../../test/support/coordinator.ts';
import { ChannelService } from '../channel/channel.service.ts';
import { Presence } from '../channel/presence.ts';
import { addSampleSite, addSampleStudy, type SampleSite } from '../models/site.sample.ts';
import { KeysStore } from '../platform/keys/keys.store.ts';
import { freezeSample, registerSample, releaseSamples, sampleDraft } from '../protocols/registry.sample.ts';
import { classifierManifest } from '../models/manifest.sample.ts';

const problem = (code: string) => expect.objectContaining({ code });
const signedBy = (key: Pick<SigningKey, 'keyId' | 'publicKey'>) => (id: string) =>
  id === key.keyId ? key.publicKey : undefined;
const parse = (payload: Uint8Array): unknown => JSON.parse(Buffer.from(payload).toString('utf8'));

describe('a run', () => {
  let coordinator: RunningCoordinator;
  let study: string;
  let alpha: SampleSite;
  let beta: SampleSite;
  let protocol: Protocol;
  const offers: Envelope[] = [];
  const cancelled: string[] = [];

  const post = <T>(path: string, body?: unknown, token?: string) =>
    coordinator.call<T>('POST', path, {
      ...(body === undefined ? {} : { body }),
      ...(token === undefined ? {} : { token }),
    });
  const start = async () => (await post<Run>('/api/runs', { protocol: protocol.id })).body;
  const show = async (id: string) => (await coordinator.call<Run>('GET', `/api/runs/${id}`)).body;
  const jobOf = (run: Run, site: SampleSite): Job => run.jobs.find((job) => job.site === site.id)!;
  const says = (site: SampleSite, job: string, state: string, code: string | null = null) =>
    post<Job>(`/api/site/jobs/${job}/state`, { state, code }, site.token);
  const identity = (site: SampleSite) => ({ siteId: site.id, studyId: site.study, keyId: site.key.keyId });
  const connect = (site: SampleSite) =>
    coordinator.app.get(Presence).arrive(site.id, {
      offer: (envelope) => offers.push(envelope),
      cancel: (job) => cancelled.push(job),
      answers: () => Promise.resolve(true),
      close: () => undefined,
    });
  const lastOffer = () => {
    const { payload } = openEnvelope(
      offers.at(-1)!,
      payloadTypes.jobOffer,
      signedBy(coordinator.app.get(KeysStore).online),
    );
    return JobOffer.parse(parse(payload));
  };

  beforeAll(async () => {
    coordinator = await startCoordinator();
    await releaseSamples(coordinator);
    study = await addSampleStudy(coordinator.app, 'main');
    protocol = await freezeSample(coordinator, study);
  });
  afterAll(() => coordinator.close());

  describe('its protocol', () => {
    const draft = (change: object, of = study) =>
      post<Protocol>(`/api/studies/${of}/protocols`, { ...sampleDraft, ...change });

    it('is signed by the release key, and its digest is that of the signed bytes', async () => {
      const { payload } = openEnvelope(
        protocol.envelope!,
        payloadTypes.protocol,
        signedBy(coordinator.app.get(KeysStore).release),
      );
      expect(sha256(payload)).toBe(protocol.digest);
      expect(ProtocolDocument.parse(parse(payload))).toEqual(protocol.document);
      expect(digestOf(protocol.document)).toBe(protocol.digest);
      const again = await post(`/api/protocols/${protocol.id}/freeze`);
      expect(again).toMatchObject({ status: 409, body: problem('state-conflict') });
    });

    it('gets the next version number when it is drafted again', async () => {
      const { body } = await draft({});
      expect(body).toMatchObject({ name: 'main', version: 2, state: 'draft', envelope: null });
      const { body: list } = await coordinator.call<Protocol[]>('GET', `/api/studies/${study}/protocols`);
      expect(list.map(({ version }) => version)).toEqual([1, 2]);
      const refused = await post('/api/runs', { protocol: body.id });
      expect(refused).toMatchObject({ status: 409, body: problem('state-conflict') });
    });

    it('names released models and a study that is there', async () => {
      await registerSample(coordinator, 'fresh', classifierManifest);
      const fresh = [{ id: 'chest', model: 'fresh@1.0.0' }, sampleDraft.classifiers[1]];
      expect((await draft({ classifiers: fresh })).body).toEqual(problem('model-not-released'));
      expect((await draft({ detector: 'nothing@1.0.0' })).body).toEqual(problem('not-found'));
      expect((await draft({ detector: 'filler@1.0.0' })).body).toEqual(problem('protocol-invalid'));
      expect((await draft({ colour: 'red' })).body).toEqual(problem('invalid-input'));
      expect((await draft({}, protocol.id)).body).toEqual(problem('not-found'));
    });
  });

  it('needs an approved site', async () => {
    const { status, body } = await post('/api/runs', { protocol: protocol.id });
    expect([status, body]).toEqual([409, problem('state-conflict')]);
  });

  it('makes a job for each approved site, and offers it to those that are connected', async () => {
    alpha = await addSampleSite(coordinator.app, study, 'alpha');
    beta = await addSampleSite(coordinator.app, study, 'beta');
    connect(alpha);
    const run = await start();
    expect(run).toMatchObject({
      study,
      protocol: protocol.id,
      protocolDigest: protocol.digest,
      state: 'open',
    });
    expect(run.jobs.map(({ siteName, state }) => `${siteName} ${state}`)).toEqual([
      'alpha offered',
      'beta offered',
    ]);
    expect(offers).toHaveLength(1);
    expect(lastOffer()).toMatchObject({
      job: jobOf(run, alpha).id,
      run: run.id,
      study,
      site: alpha.id,
      siteKeyId: alpha.key.keyId,
      protocolDigest: protocol.digest,
    });
  });

  it('offers open jobs again on every connect, with a fresh nonce, and ended ones no more', async () => {
    const run = await start();
    const { nonce } = lastOffer();
    await says(alpha, jobOf(run, alpha).id, 'running');
    const channel = coordinator.app.get(ChannelService);
    const before = offers.length;
    await channel.siteIsReady(identity(alpha));
    expect(offers.length - before).toBe(2);
    expect(lastOffer()).toMatchObject({ run: run.id });
    expect(lastOffer().nonce).not.toBe(nonce);
    await says(alpha, jobOf(run, alpha).id, 'failed', 'inference-failed');
    await channel.siteIsReady(identity(alpha));
    expect(offers.length - before).toBe(3);
    expect(lastOffer().run).not.toBe(run.id);
  });

  it('shows what the sites say of their jobs, and lets no site speak for another', async () => {
    const run = await start();
    const job = jobOf(run, alpha).id;
    expect((await says(alpha, job, 'held')).body).toMatchObject({ state: 'held' });
    expect((await says(alpha, job, 'running')).body).toMatchObject({ state: 'running' });
    expect((await says(alpha, job, 'withheld', 'report-withheld')).body).toMatchObject({
      state: 'withheld',
      code: 'report-withheld',
    });
    expect(await says(beta, job, 'refused', 'policy-refused')).toMatchObject({
      status: 404,
      body: problem('not-found'),
    });
    expect((await says(alpha, job, 'reported')).body).toEqual(problem('invalid-input'));
    expect((await says(alpha, job, 'refused', 'declined-by-person')).body).toMatchObject({
      state: 'refused',
      code: 'declined-by-person',
    });
    expect((await says(alpha, job, 'refused', 'declined-by-person')).status).toBe(200);
    expect(await says(alpha, job, 'running')).toMatchObject({ status: 409, body: problem('state-conflict') });
    expect(jobOf(await show(run.id), alpha)).toMatchObject({ state: 'refused', code: 'declined-by-person' });
  });

  it('shows the latest progress of a job at work, from its own site only', async () => {
    const run = await start();
    const job = jobOf(run, alpha).id;
    const progress = {
      job,
      phase: 'evaluating' as const,
      imagesDone: 3,
      imagesTotal: 9,
      ratePerSecond: 1,
      etaSeconds: 6,
    };
    const channel = coordinator.app.get(ChannelService);
    await channel.siteProgressed(identity(alpha), progress);
    await channel.siteProgressed(identity(beta), { ...progress, imagesDone: 8 });
    expect(jobOf(await show(run.id), alpha).progress).toEqual(progress);
    expect(jobOf(await show(run.id), beta).progress).toBeNull();
    await says(alpha, job, 'failed', 'internal');
    expect(jobOf(await show(run.id), alpha).progress).toBeNull();
  });

  it('re-opens a refused job and offers it at once', async () => {
    const run = await start();
    const job = jobOf(run, alpha).id;
    expect(await post(`/api/jobs/${job}/reopen`)).toMatchObject({
      status: 409,
      body: problem('state-conflict'),
    });
    await says(alpha, job, 'refused', 'policy-refused');
    expect((await post(`/api/jobs/${job}/reopen`)).body).toMatchObject({ state: 'offered', code: null });
    expect(lastOffer().job).toBe(job);
    expect((await post(`/api/jobs/${protocol.id}/reopen`)).body).toEqual(problem('not-found'));
  });

  it.each(['cancel', 'close'] as const)(
    'ends for good on %s: open jobs are cancelled and withdrawn',
    async (verb) => {
      const run = await start();
      await says(alpha, jobOf(run, alpha).id, 'running');
      await says(beta, jobOf(run, beta).id, 'refused', 'policy-refused');
      const ended = await post<Run>(`/api/runs/${run.id}/${verb}`);
      expect(ended.body.state).toBe(verb === 'cancel' ? 'cancelled' : 'closed');
      expect(ended.body.jobs.map(({ state }) => state)).toEqual(['cancelled', 'refused']);
      expect(cancelled).toContain(jobOf(run, alpha).id);
      expect(await post(`/api/runs/${run.id}/close`)).toMatchObject({ status: 409 });
      expect(await post(`/api/jobs/${jobOf(run, beta).id}/reopen`)).toMatchObject({ status: 409 });
      expect(await says(alpha, jobOf(run, alpha).id, 'running')).toMatchObject({ status: 409 });
    },
  );

  it('hands its protocol to its sites only', async () => {
    const path = `/api/site/protocols/${protocol.digest}`;
    const own = await coordinator.call<SignedProtocol>('GET', path, { token: alpha.token });
    expect(own.body).toEqual({ digest: protocol.digest, envelope: protocol.envelope });
    const elsewhere = await addSampleStudy(coordinator.app, 'elsewhere');
    const stranger = await addSampleSite(coordinator.app, elsewhere, 'gamma');
    expect((await coordinator.call('GET', path, { token: stranger.token })).body).toEqual(
      problem('not-found'),
    );
  });

  it('leaves a trace of every change in an unbroken audit log', async () => {
    const { body: entries } = await coordinator.call<AuditEntry[]>('GET', '/api/audit');
    const actions = new Set(entries.map(({ content }) => content.action));
    for (const action of [
      'protocol.drafted',
      'protocol.frozen',
      'run.started',
      'job.offered',
      'job.refused',
      'job.reopened',
      'run.closed',
    ]) {
      expect(actions).toContain(action);
    }
    const { body } = await coordinator.call<AuditVerdict>('GET', '/api/audit/verify');
    expect(body.firstBroken).toBeNull();
  });
});
