import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Analysis,
  KeyDelegation,
  payloadTypes,
  Receipt,
  type ReportBundle,
  type ReportList,
} from '@sidemark/core/contract';
import { canonicalJson, openEnvelope, sha256 } from '@sidemark/core/signing';
import { addSampleSite } from '../models/site.sample.ts';
import { ReportBench } from './report-bench.sample.ts';

const parse = (payload: Uint8Array): unknown => JSON.parse(Buffer.from(payload).toString('utf8'));

describe('the reports of a run', () => {
  let bench: ReportBench;
  beforeAll(async () => {
    bench = await ReportBench.open();
  });
  beforeEach(() => bench.newRun());
  afterAll(() => bench.coordinator.close());

  it('pools the reports of all sites', async () => {
    await bench.submit(bench.alpha, bench.report(bench.alpha));
    await bench.submit(bench.beta, bench.report(bench.beta));
    const analysis = Analysis.parse(await bench.get(`/api/runs/${bench.run.id}/analysis`));
    expect(analysis.sites.map(({ siteName, reported }) => `${siteName} ${reported}`)).toEqual([
      'alpha true',
      'beta true',
    ]);
    expect(analysis.cells.map(({ classifier, arm, diagonal }) => `${classifier} ${arm} ${diagonal}`)).toEqual(
      ['chest original true', 'chest inpainted false'],
    );
    // by hand: two sites of AUC 0.8 and variance 0.002, so se = sqrt(0.001)
    expect(analysis.cells[0]!.pooled).toMatchObject({
      estimates: expect.arrayContaining([
        expect.objectContaining({
          method: 'dersimonian-laird',
          scale: 'plain',
          estimate: expect.closeTo(0.8, 12),
          standardError: expect.closeTo(Math.sqrt(0.001), 12),
        }),
      ]),
    });
    expect(analysis.comparisons[0]!.zTest!.z).toBeCloseTo(0.05 / Math.sqrt(0.0005), 10);
    expect(analysis.multiclass[0]!.accuracy).toMatchObject({ correct: 46, total: 60 });
  });

  it('lists late and missing sequence numbers', async () => {
    const site = await addSampleSite(bench.coordinator.app, bench.alpha.study, 'late');
    await bench.newRun();
    await bench.submit(site, bench.report(site, { sequence: 4 }));
    expect(
      (await bench.get<ReportList>(`/api/runs/${bench.run.id}/reports`)).missingSequences,
    ).toContainEqual({ site: site.id, sequences: [1, 2, 3] });
    await bench.newRun();
    await bench.submit(site, bench.report(site, { sequence: 2 }));
    expect(
      (await bench.get<ReportList>(`/api/runs/${bench.run.id}/reports`)).missingSequences,
    ).toContainEqual({ site: site.id, sequences: [1, 3] });
  });

  it('hands out everything a stranger needs to verify a report', async () => {
    const report = bench.report(bench.alpha);
    await bench.submit(bench.alpha, report);
    const digest = sha256(canonicalJson(report));
    const bundle = await bench.get<ReportBundle>(`/api/reports/${digest}`);
    const release = {
      keyId: sha256(Buffer.from(bundle.releasePublicKey, 'base64')),
      publicKey: Buffer.from(bundle.releasePublicKey, 'base64'),
    };
    const lookup = (keyId: string, publicKey: string) => (id: string) =>
      id === keyId ? Buffer.from(publicKey, 'base64') : undefined;
    const { online } = KeyDelegation.parse(
      parse(
        openEnvelope(
          bundle.delegation,
          payloadTypes.keyDelegation,
          lookup(release.keyId, bundle.releasePublicKey),
        ).payload,
      ),
    );
    const current = online.at(-1)!;
    const receipt = Receipt.parse(
      parse(
        openEnvelope(bundle.receipt, payloadTypes.receipt, lookup(current.keyId, current.publicKey)).payload,
      ),
    );
    const { payload } = openEnvelope(
      bundle.envelope,
      payloadTypes.report,
      lookup(bench.alpha.key.keyId, bundle.sitePublicKey),
    );
    expect([receipt.payloadDigest, sha256(payload)]).toEqual([digest, digest]);
    expect(bundle.report).toEqual(report);
    expect(bundle.stored).toMatchObject({ payloadDigest: digest, run: bench.run.id, state: 'accepted' });
    expect(await bench.get(`/api/reports/${sha256('nothing')}`)).toMatchObject({ code: 'not-found' });
  });
});
