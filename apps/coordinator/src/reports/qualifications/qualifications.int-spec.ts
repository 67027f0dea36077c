import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  Analysis,
  type Answers,
  payloadTypes,
  type Report,
  type ReportList,
  type SiteQualification,
} from '@sidemark/core/contract';
import { digestOf, sha256, signStatement } from '@sidemark/core/signing';
import type { SampleSite } from '../../models/site.sample.ts';
import { draftSample } from '../../protocols/registry.sample.ts';
import { ReportBench, type Submitted } from '../report-bench.sample.ts';
import { filmAnswers, freezeQualified, packBytes, sampleReference } from './pack.sample.ts';

describe('the qualification of a site', () => {
  let bench: ReportBench;
  beforeAll(async () => {
    bench = await ReportBench.open({ freeze: freezeQualified });
  });
  beforeEach(() => bench.newRun());
  afterAll(() => bench.coordinator.close());

  const signed = (site: SampleSite, films: Answers['films'], header: object = {}) => {
    const own = headerOf(bench.report(site));
    const answers = { pack: sha256(packBytes), films };
    return signStatement(
      payloadTypes.qualification,
      {
        header: { ...own, schema: 'sidemark.qualification/1', ...header },
        answers,
        answersDigest: digestOf(answers),
      },
      site.key,
    );
  };
  const answer = (site: SampleSite, films = filmAnswers()): Promise<Submitted> =>
    bench.send(site, signed(site, films), '/api/site/qualifications');
  const judged = () => bench.get<SiteQualification[]>(`/api/runs/${bench.run.id}/qualifications`);
  const analysis = async (): Promise<Analysis> =>
    Analysis.parse(await bench.get(`/api/runs/${bench.run.id}/analysis`));
  const wrong = () => filmAnswers({ stored: sha256('an inverted film') });

  it('gives a receipt whatever the verdict, and says what differs', async () => {
    expect((await answer(bench.alpha)).status).toBe(200);
    expect((await answer(bench.beta, wrong())).status).toBe(200);
    expect(await judged()).toMatchObject([
      { siteName: 'alpha', verdict: { state: 'qualified', differences: 0 } },
      {
        siteName: 'beta',
        verdict: { state: 'not-qualified', differences: 4 },
      },
    ]);
    expect((await judged())[1]!.verdict.findings[0]).toMatchObject({ film: 'film-1', what: 'stored-values' });
  });

  it('keeps sites out of the pooled result that are not qualified or did not answer', async () => {
    for (const site of [bench.alpha, bench.beta]) await bench.submit(site, bench.report(site));
    const empty = await analysis();
    expect(empty.sites.map(({ qualification }) => qualification)).toEqual(['missing', 'missing']);
    expect(empty.cells[0]!.sites).toEqual([]);
  });

  it('counts the latest answers: a site that mends its machine comes in', async () => {
    await answer(bench.alpha);
    await answer(bench.beta, wrong());
    for (const site of [bench.alpha, bench.beta]) await bench.submit(site, bench.report(site));
    const before = await analysis();
    expect(before.sites.map(({ qualification }) => qualification)).toEqual(['qualified', 'not-qualified']);
    expect(before.cells[0]!.sites.map(({ siteName }) => siteName)).toEqual(['alpha']);
    await bench.post(`/api/jobs/${bench.jobOf(bench.beta).id}/reopen`);
    await answer(bench.beta);
    expect((await analysis()).cells[0]!.sites.map(({ siteName }) => siteName)).toEqual(['alpha', 'beta']);
  });

  it('answers the same bytes with the same receipt, and stores them once', async () => {
    const envelope = signed(bench.alpha, filmAnswers());
    const send = () => bench.send(bench.alpha, envelope, '/api/site/qualifications');
    const receipts = await Promise.all([send(), send(), send()]);
    expect(new Set(receipts.map(({ body }) => JSON.stringify(body))).size).toBe(1);
    expect(await judged()).toHaveLength(1);
  });

  it('numbers reports and answers together', async () => {
    const { header } = bench.report(bench.alpha);
    const envelope = signed(bench.alpha, filmAnswers(), { sequence: header.sequence });
    await bench.send(bench.alpha, envelope, '/api/site/qualifications');
    const again = bench.report(bench.alpha, { sequence: header.sequence });
    expect((await bench.submit(bench.alpha, again)).code).toBe('report-sequence-replayed');
    const { missingSequences } = await bench.get<ReportList>(`/api/runs/${bench.run.id}/reports`);
    const missing = missingSequences.find(({ site }) => site === bench.alpha.id)?.sequences ?? [];
    expect(missing).not.toContain(header.sequence);
  });

  it.each([
    [
      'a report at this door',
      'envelope-type-unexpected',
      () => signStatement(payloadTypes.report, {}, bench.alpha.key),
    ],
    ['answers of another site', 'report-wrong-site', () => signed(bench.beta, filmAnswers())],
    [
      'answers to another pack',
      'report-invalid',
      () => {
        const own = headerOf(bench.report(bench.alpha));
        const answers = { pack: sha256('another'), films: filmAnswers() };
        const header = { ...own, schema: 'sidemark.qualification/1' };
        return signStatement(
          payloadTypes.qualification,
          { header, answers, answersDigest: digestOf(answers) },
          bench.alpha.key,
        );
      },
    ],
    [
      'an unknown field',
      'report-invalid',
      () => signed(bench.alpha, filmAnswers({ patient: 'x' } as object)),
    ],
    [
      'another job',
      'report-wrong-job',
      () => signed(bench.alpha, filmAnswers(), { job: bench.jobOf(bench.beta).id }),
    ],
  ])('refuses %s', async (_, code, envelope) => {
    expect((await bench.send(bench.alpha, envelope(), '/api/site/qualifications')).code).toBe(code);
    expect(await judged()).toEqual([]);
  });

  it('hands the pack to sites of the run, by ranges', async () => {
    const path = `${bench.coordinator.url}/api/site/packs/${sha256(packBytes)}/bytes`;
    const headers = { authorization: `Bearer ${bench.alpha.token}` };
    const whole = await fetch(path, { headers });
    expect(Buffer.from(await whole.arrayBuffer()).equals(packBytes)).toBe(true);
    const part = await fetch(path, { headers: { ...headers, range: 'bytes=10-' } });
    expect(part.status).toBe(206);
    expect((await fetch(path.replace(/packs\/../, 'packs/00'), { headers })).status).toBe(404);
  });

  it('takes no pack that was answered with another recipe, or whose films are others', async () => {
    const { study } = bench.alpha;
    const pack = sha256(packBytes);
    const path = `/api/studies/${study}/protocols`;
    const { document } = await draftSample(bench.coordinator, study, { arms: ['original'], comparisons: [] });
    const { code } = (
      await bench.coordinator.call<{ code: string }>('POST', path, {
        body: { ...draftOf(document), qualification: pack },
      })
    ).body;
    expect(code).toBe('protocol-invalid');
    const reference = { ...sampleReference(document), films: filmAnswers().slice().reverse() };
    const answer = await bench.coordinator.call<{ code: string }>('POST', '/api/packs', { body: reference });
    expect(answer.body.code).toBe('invalid-input');
  });
});

function draftOf({ name, arms }: { name: string; arms: readonly string[] }): object {
  return {
    name,
    detector: 'markers@1.0.0',
    inpainter: 'filler@1.0.0',
    classifiers: [
      { id: 'chest', model: 'chest@1.0.0' },
      { id: 'grades', model: 'grades@1.0.0' },
    ],
    arms,
  };
}

function headerOf({ header }: Report): Omit<Report['header'], 'datasetDigest'> {
  const own: Partial<Report['header']> = { ...header };
  delete own.datasetDigest;
  return own as Omit<Report['header'], 'datasetDigest'>;
}
