// The scene of the tamper suite: a coordinator with an accepted report and an open run, and a site on a link.
import type { Envelope, Problem, Report, ReportBundle } from '@sidemark/core/contract';
import { canonicalJson, preAuthEncoding, sha256, signBytes, type SigningKey } from '@sidemark/core/signing';
import { payloadTypes } from '@sidemark/core/contract';
import { ReportBench, signReport } from '../../apps/coordinator/src/reports/report-bench.sample.ts';
import { Database } from '../../apps/coordinator/src/platform/database/database.ts';
import { approvedSite, newStudy, type TestSite } from '../support/site.ts';
import type { Heard } from './hostile.ts';

export interface Accepted {
  readonly report: Report;
  readonly envelope: Envelope;
  readonly receipt: Envelope;
  readonly bundle: ReportBundle;
}

export class World {
  private constructor(
    readonly bench: ReportBench,
    readonly accepted: Accepted,
    /** a study of its own, for enrolment and link */
    readonly study: string,
    readonly linked: TestSite,
  ) {}

  static async open(): Promise<World> {
    const bench = await ReportBench.open();
    const report = bench.report(bench.alpha);
    const envelope = signReport(report, bench.alpha.key);
    const receipt = (await bench.send(bench.alpha, envelope)).body;
    const bundle = await bench.get<ReportBundle>(`/api/reports/${sha256(canonicalJson(report))}`);
    await bench.newRun();
    const study = (await newStudy(bench.coordinator, 'doors')).id;
    const linked = await approvedSite(bench.coordinator, study, 'linked');
    return new World(bench, { report, envelope, receipt, bundle }, study, linked);
  }

  /** A body as it stands. */
  async request(
    method: string,
    path: string,
    body: string | Uint8Array,
    token: string | null,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Heard> {
    const response = await fetch(`${this.bench.coordinator.url}${path}`, {
      method,
      headers: {
        'content-type': 'application/json',
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...headers,
      },
      ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : Buffer.from(body) }),
    });
    const text = await response.text();
    const said = (text === '' ? {} : JSON.parse(text)) as Partial<Problem>;
    return { code: said.code ?? 'accepted', status: response.status, failure: said.failure ?? '' };
  }

  sendReport(body: string | Uint8Array, token: string | null = this.bench.alpha.token): Promise<Heard> {
    return this.request('POST', '/api/site/reports', body, token);
  }

  get database(): Database {
    return this.bench.coordinator.app.get(Database);
  }

  /** All that an attack could harm, as one text. */
  async witness(): Promise<string> {
    const { body: audit } = await this.bench.coordinator.call('GET', '/api/audit/verify');
    const orderBy = { id: 'asc' } as const;
    const tables = await this.database.read(async (tx) => [
      (await tx.report.findMany({ orderBy })).map((row) => ({ ...row, payload: sha256(row.payload) })),
      await tx.site.findMany({ orderBy }),
      await tx.run.findMany({ orderBy }),
      await tx.job.findMany({ orderBy }),
      await tx.invitation.findMany({ orderBy }),
      await tx.protocol.findMany({ orderBy }),
      await tx.delegation.findMany({ orderBy: { number: 'asc' } }),
      await tx.key.findMany({ orderBy: { keyId: 'asc' } }),
      await tx.modelVersion.findMany({ orderBy: { sha256: 'asc' } }),
      await tx.administratorToken.findMany(),
    ]);
    return JSON.stringify([audit, tables]);
  }
}

/** An envelope over bytes that no honest agent would sign. */
export function signedBytes(payload: Uint8Array | string, key: SigningKey): Envelope {
  const bytes = Buffer.from(payload);
  const sig = signBytes(preAuthEncoding(payloadTypes.report, bytes), key);
  return {
    payloadType: payloadTypes.report,
    payload: bytes.toString('base64'),
    signatures: [{ keyid: key.keyId, sig: Buffer.from(sig).toString('base64') }],
  };
}
