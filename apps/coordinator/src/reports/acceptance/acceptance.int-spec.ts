import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Analysis,
  type AuditEntry,
  type Envelope,
  payloadTypes,
  Receipt,
  type Report,
  type Run,
} from '@sidemark/core/contract';
import {
  canonicalJson,
  digestOf,
  openEnvelope,
  sha256,
  type SigningKey,
  signStatement,
} from '@sidemark/core/signing';
import { addSampleKey } from '../../models/site.sample.ts';
import { Database } from '../../platform/database/database.ts';
import { estimated, type SampleFigures } from '../report.sample.ts';
import { ReportBench, signReport } from '../report-bench.sample.ts';

const signedBy = (key: SigningKey) => (id: string) => (id === key.keyId ? key.publicKey : undefined);
const parse = (payload: Uint8Array): unknown => JSON.parse(Buffer.from(payload).toString('utf8'));

describe('the acceptance of a report', () => {
  let bench: ReportBench;
  beforeAll(async () => {
    bench = await ReportBench.open();
  });
  beforeEach(() => bench.newRun());
  afterAll(() => bench.coordinator.close());

  const receiptOf = (envelope: Envelope): Receipt =>
    Receipt.parse(parse(openEnvelope(envelope, payloadTypes.receipt, signedBy(bench.onlineKey)).payload));

  it('gives a signed receipt that names payload, sequence and its entry in the audit log', async () => {
    const report = bench.report(bench.alpha);
    const { status, body } = await bench.submit(bench.alpha, report);
    expect(status).toBe(200);
    const receipt = receiptOf(body);
    expect(receipt).toMatchObject({
      job: bench.jobOf(bench.alpha).id,
      site: bench.alpha.id,
      payloadDigest: sha256(canonicalJson(report)),
      sequence: report.header.sequence,
    });
    const entries = await bench.get<AuditEntry[]>('/api/audit');
    const entry = entries.find(({ hash }) => hash === receipt.auditHead)!;
    expect(entry.content).toMatchObject({
      action: 'report.accepted',
      actor: `site:${bench.alpha.id}`,
      details: { payloadDigest: receipt.payloadDigest },
    });
    expect((await bench.get<Run>(`/api/runs/${bench.run.id}`)).jobs[0]!.state).toBe('reported');
  });

  it('answers a replay with the same receipt, whatever has happened since', async () => {
    const report = bench.report(bench.alpha);
    const envelope = signReport(report, bench.alpha.key);
    const first = (await bench.send(bench.alpha, envelope)).body;
    expect((await bench.send(bench.alpha, envelope)).body).toEqual(first);
    await bench.post(`/api/jobs/${bench.jobOf(bench.alpha).id}/reopen`);
    expect((await bench.send(bench.alpha, envelope)).body).toEqual(first);
    await bench.submit(bench.alpha, bench.report(bench.alpha));
    await bench.post(`/api/runs/${bench.run.id}/close`);
    expect((await bench.send(bench.alpha, envelope)).body).toEqual(first);
    const other = await addSampleKey(bench.coordinator.app, bench.alpha.id);
    expect((await bench.send(bench.alpha, signReport(report, other))).body).toEqual(first);
    expect(JSON.stringify((await bench.send(bench.alpha, envelope)).body)).toBe(JSON.stringify(first));
    expect(await bench.stored()).toHaveLength(2);
  });

  it('stores one report, however often it comes at once', async () => {
    const envelope = signReport(bench.report(bench.alpha), bench.alpha.key);
    const answers = await Promise.all(Array.from({ length: 8 }, () => bench.send(bench.alpha, envelope)));
    expect(new Set(answers.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(answers[0]!.status).toBe(200);
    expect(await bench.stored()).toHaveLength(1);
  });

  describe('refuses, and stores nothing:', () => {
    const altered = (envelope: Envelope): Envelope => {
      const text = Buffer.from(envelope.payload, 'base64').toString().replace('"value":0.8', '"value":0.9');
      return { ...envelope, payload: Buffer.from(text).toString('base64') };
    };
    const claimed = (key: SigningKey, by: SigningKey): SigningKey => ({ ...by, keyId: key.keyId });
    const changed = (change: (report: Report) => object) =>
      signReport(change(bench.report(bench.alpha)), bench.alpha.key);
    const table: [string, string, () => unknown][] = [
      ['no envelope', 'envelope-malformed', () => ({ hello: 'world' })],
      [
        'two signatures',
        'envelope-malformed',
        () => {
          const { signatures, ...rest } = changed((r) => r);
          return { ...rest, signatures: [...signatures, ...signatures] };
        },
      ],
      [
        'another kind of statement',
        'envelope-type-unexpected',
        () => signStatement(payloadTypes.siteHello, bench.report(bench.alpha), bench.alpha.key),
      ],
      [
        'a type swapped after signing',
        'signature-invalid',
        () => ({
          ...signStatement(payloadTypes.siteHello, bench.report(bench.alpha), bench.alpha.key),
          payloadType: payloadTypes.report,
        }),
      ],
      [
        'a forged signature',
        'signature-invalid',
        () => signReport(bench.report(bench.alpha), claimed(bench.alpha.key, bench.beta.key)),
      ],
      ['an altered payload', 'signature-invalid', () => altered(changed((r) => r))],
      [
        'a key of another site',
        'report-wrong-site',
        () => signReport(bench.report(bench.alpha), bench.beta.key),
      ],
      [
        'a key of the coordinator',
        'signer-role',
        () => signReport(bench.report(bench.alpha), bench.onlineKey),
      ],
      [
        'an unknown key',
        'signer-unknown',
        () =>
          signReport(
            bench.report(bench.alpha),
            claimed({ ...bench.alpha.key, keyId: 'a'.repeat(64) }, bench.alpha.key),
          ),
      ],
      [
        'another site in the header',
        'report-wrong-site',
        () => signReport(bench.report(bench.alpha, { site: bench.beta.id }), bench.alpha.key),
      ],
      [
        'another key in the header',
        'report-wrong-site',
        () => signReport(bench.report(bench.alpha, { siteKeyId: bench.beta.key.keyId }), bench.alpha.key),
      ],
      ['no report', 'report-invalid', () => signReport({ pixels: [1, 2, 3] }, bench.alpha.key)],
      ['an unknown field', 'report-invalid', () => changed((r) => ({ ...r, patient: 'x' }))],
      [
        'another site’s job',
        'report-wrong-job',
        () => signReport(bench.report(bench.alpha, { job: bench.jobOf(bench.beta).id }), bench.alpha.key),
      ],
      [
        'no such job',
        'report-wrong-job',
        () => signReport(bench.report(bench.alpha, { job: bench.run.id }), bench.alpha.key),
      ],
      [
        'another run',
        'report-wrong-job',
        () => signReport(bench.report(bench.alpha, { run: bench.protocol.id }), bench.alpha.key),
      ],
      [
        'another study',
        'report-wrong-job',
        () => signReport(bench.report(bench.alpha, { study: bench.run.id }), bench.alpha.key),
      ],
      [
        'a wrong result digest',
        'report-digest-mismatch',
        () => changed((r) => ({ ...r, resultDigest: sha256('other') })),
      ],
      [
        'another protocol',
        'report-digest-mismatch',
        () => signReport(bench.report(bench.alpha, { protocolDigest: sha256('other') }), bench.alpha.key),
      ],
      [
        'other models',
        'report-digest-mismatch',
        () =>
          signReport(
            bench.report(bench.alpha, { models: ['1', '2', '3'].map((d) => d.repeat(64)) }),
            bench.alpha.key,
          ),
      ],
      [
        'a comparison left out',
        'report-invalid',
        () => {
          const report = bench.report(bench.alpha);
          const result = { ...report.result, comparisons: [] };
          return signReport({ ...report, result, resultDigest: digestOf(result) }, bench.alpha.key);
        },
      ],
    ];
    it.each(table)('%s: %s', async (_, code, envelope) => {
      const answer = await bench.send(bench.alpha, envelope());
      expect(answer.code).toBe(code);
      expect(await bench.stored()).toEqual([]);
    });

    it('a report under a revoked key: key-revoked', async () => {
      const old = await addSampleKey(bench.coordinator.app, bench.alpha.id);
      await bench.coordinator.app
        .get(Database)
        .transaction((tx) =>
          tx.key.update({ where: { keyId: old.keyId }, data: { revokedAt: new Date(0) } }),
        );
      expect(
        (await bench.send(bench.alpha, signReport(bench.report(bench.alpha, { siteKeyId: old.keyId }), old)))
          .code,
      ).toBe('key-revoked');
    });

    it('a session of another site, even with the receipt’s own report', async () => {
      const envelope = signReport(bench.report(bench.alpha), bench.alpha.key);
      await bench.send(bench.alpha, envelope);
      expect((await bench.send(bench.beta, envelope)).code).toBe('report-wrong-site');
      const resigned = signReport(parse(Buffer.from(envelope.payload, 'base64')), bench.beta.key);
      expect((await bench.send(bench.beta, resigned)).code).toBe('report-wrong-site');
    });

    it('a report for a job that is not open: report-job-closed', async () => {
      const { id } = bench.jobOf(bench.alpha);
      const body = { state: 'refused', code: 'policy-refused' };
      await bench.coordinator.call('POST', `/api/site/jobs/${id}/state`, { body, token: bench.alpha.token });
      expect((await bench.submit(bench.alpha, bench.report(bench.alpha))).code).toBe('report-job-closed');
      await bench.post(`/api/runs/${bench.run.id}/close`);
      expect((await bench.submit(bench.beta, bench.report(bench.beta))).code).toBe('report-job-closed');
    });

    it('a sequence number used before: report-sequence-replayed', async () => {
      const report = bench.report(bench.alpha);
      await bench.submit(bench.alpha, report);
      await bench.newRun();
      const again = bench.report(bench.alpha, { sequence: report.header.sequence });
      expect((await bench.submit(bench.alpha, again)).code).toBe('report-sequence-replayed');
    });

    it('one of two reports that use one number at the same moment', async () => {
      const first = bench.report(bench.alpha);
      await bench.newRun();
      const second = bench.report(bench.alpha, { sequence: first.header.sequence });
      const answers = await Promise.all([
        bench.submit(bench.alpha, first),
        bench.submit(bench.alpha, second),
      ]);
      expect(answers.map(({ code }) => code).sort()).toEqual(['accepted', 'report-sequence-replayed']);
    });
  });

  it('keeps the first report until the job is re-opened and reported anew', async () => {
    const figures = (auc: number): SampleFigures => ({ auc: () => [estimated(auc), estimated(0.002)] });
    const cell = async () => Analysis.parse(await bench.get(`/api/runs/${bench.run.id}/analysis`)).cells[0]!;
    const first = bench.report(bench.alpha, {}, figures(0.7));
    await bench.submit(bench.alpha, first);
    expect((await bench.submit(bench.alpha, bench.report(bench.alpha, {}, figures(0.9)))).code).toBe(
      'report-conflict',
    );
    expect((await cell()).sites.map(({ estimate }) => estimate)).toEqual([estimated(0.7)]);

    await bench.post(`/api/jobs/${bench.jobOf(bench.alpha).id}/reopen`);
    expect((await cell()).sites.map(({ estimate }) => estimate)).toEqual([estimated(0.7)]);
    expect((await bench.submit(bench.alpha, bench.report(bench.alpha, {}, figures(0.9)))).code).toBe(
      'accepted',
    );
    expect((await cell()).sites.map(({ estimate }) => estimate)).toEqual([estimated(0.9)]);
    expect((await bench.stored()).map(({ state }) => state)).toEqual(['superseded', 'accepted']);
    expect((await bench.submit(bench.alpha, first)).code).toBe('accepted');
    expect((await bench.stored()).map(({ state }) => state)).toEqual(['superseded', 'accepted']);
  });
});
