// A coordinator with two approved sites and a run, and the hands of a site: making, signing and sending reports.
import type { Envelope, Protocol, Report, ReportList, Run } from '@sidemark/core/contract';
import { payloadTypes } from '@sidemark/core/contract';
import { digestOf, sha256, type SigningKey, signStatement } from '@sidemark/core/signing';
import {
  type CoordinatorOptions,
  type RunningCoordinator,
  startCoordinator,
} from '../../../../test/support/coordinator.ts';
import { addSampleSite, addSampleStudy, type SampleSite } from '../models/site.sample.ts';
import { KeysStore } from '../platform/keys/keys.store.ts';
import { freezeSample, releaseSamples } from '../protocols/registry.sample.ts';
import { type SampleFigures, sampleResult } from './report.sample.ts';

const confusion = {
  grades: [
    [8, 1, 1],
    [2, 6, 2],
    [0, 1, 9],
  ],
};

export interface Submitted {
  readonly status: number;
  readonly body: Envelope;
  /** of the refusal, or `accepted` */
  readonly code: string;
}

export class ReportBench {
  private sequence = 0;

  private constructor(
    readonly coordinator: RunningCoordinator,
    readonly protocol: Protocol,
    readonly alpha: SampleSite,
    readonly beta: SampleSite,
    /** the run that reports are made for: the latest */
    public run: Run,
  ) {}

  /** @param freeze makes the protocol over the sample models */
  static async open({
    freeze = freezeSample,
    ...options
  }: { freeze?: typeof freezeSample } & CoordinatorOptions = {}): Promise<ReportBench> {
    const coordinator = await startCoordinator(options);
    await releaseSamples(coordinator);
    const study = await addSampleStudy(coordinator.app, 'main');
    const protocol = await freeze(coordinator, study);
    const alpha = await addSampleSite(coordinator.app, study, 'alpha');
    const beta = await addSampleSite(coordinator.app, study, 'beta');
    return new ReportBench(coordinator, protocol, alpha, beta, await startRun(coordinator, protocol));
  }

  async newRun(): Promise<void> {
    this.run = await startRun(this.coordinator, this.protocol);
  }

  jobOf(site: SampleSite): Run['jobs'][number] {
    return this.run.jobs.find((job) => job.site === site.id)!;
  }

  /** A report of the site for the latest run, with the next sequence number. */
  report(site: SampleSite, header: Partial<Report['header']> = {}, figures: SampleFigures = {}): Report {
    const { document, digest } = this.protocol;
    const models = [document.detector, document.inpainter, ...document.classifiers.map(({ model }) => model)];
    const result = sampleResult(document, { confusion, ...figures });
    return {
      header: {
        schema: 'sidemark.report/1',
        contract: 1,
        study: site.study,
        run: this.run.id,
        job: this.jobOf(site).id,
        site: site.id,
        siteKeyId: site.key.keyId,
        sequence: ++this.sequence,
        protocolDigest: digest,
        models: models.map((model) => model.sha256),
        datasetDigest: sha256('dataset'),
        agentVersion: '0.1.0',
        nodeVersion: '20.19.0',
        onnxruntimeVersion: '1.23.0',
        platform: 'linux',
        architecture: 'x64',
        finishedAt: '2026-01-01T00:00:00.000Z',
        ...header,
      },
      result,
      resultDigest: digestOf(result),
    };
  }

  /** Signed by the site's own key, sent under the site's own session. */
  submit(site: SampleSite, report: Report): Promise<Submitted> {
    return this.send(site, signReport(report, site.key));
  }

  async send(site: SampleSite, body: unknown, path = '/api/site/reports'): Promise<Submitted> {
    const options = { body, token: site.token };
    const answer = await this.coordinator.call<Envelope & { code?: string }>('POST', path, options);
    return { status: answer.status, body: answer.body, code: answer.body.code ?? 'accepted' };
  }

  async get<T>(path: string): Promise<T> {
    return (await this.coordinator.call<T>('GET', path)).body;
  }

  async post(path: string): Promise<void> {
    await this.coordinator.call('POST', path);
  }

  async stored(): Promise<ReportList['reports']> {
    return (await this.get<ReportList>(`/api/runs/${this.run.id}/reports`)).reports;
  }

  get onlineKey(): SigningKey {
    return this.coordinator.app.get(KeysStore).online;
  }
}

export function signReport(report: unknown, key: SigningKey): Envelope {
  return signStatement(payloadTypes.report, report, key);
}

async function startRun(coordinator: RunningCoordinator, protocol: Protocol): Promise<Run> {
  return (await coordinator.call<Run>('POST', '/api/runs', { body: { protocol: protocol.id } })).body;
}
