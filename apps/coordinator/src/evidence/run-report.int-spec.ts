// The report of a run, as a browser gets it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { sha256 } from '@sidemark/core/signing';
import type { RunBundle } from '@sidemark/core/contract';
import { runDocument } from '@sidemark/run-report';
import { pdfReport } from '@sidemark/run-report/pdf';
import { ReportBench } from '../reports/report-bench.sample.ts';

let bench: ReportBench;
beforeAll(async () => {
  bench = await ReportBench.open();
  await bench.submit(bench.alpha, bench.report(bench.alpha));
});
afterAll(() => bench.coordinator.close());

async function get(form: 'pdf' | 'html', token = bench.coordinator.adminToken): Promise<Response> {
  const { url } = bench.coordinator;
  return fetch(`${url}/api/runs/${bench.run.id}/report.${form}`, {
    headers: { authorization: `Bearer ${token}` },
  });
}
const digestOf = async (response: Response): Promise<string> =>
  sha256(new Uint8Array(await response.arrayBuffer()));

describe('the report of a run', () => {
  it('is a PDF to be saved, the same each time, and the one that is made from the bundle elsewhere', async () => {
    const first = await get('pdf');
    expect(first.headers.get('content-type')).toBe('application/pdf');
    expect(first.headers.get('content-disposition')).toBe(`attachment; filename="run-${bench.run.id}.pdf"`);
    const digest = await digestOf(first);
    expect(await digestOf(await get('pdf'))).toBe(digest);
    const bundle = await bench.get<RunBundle>(`/api/runs/${bench.run.id}/bundle`);
    expect(sha256(await pdfReport(runDocument(bundle)))).toBe(digest);
  });

  it('is HTML as well, and changes with the next report', async () => {
    const before = await get('html');
    expect(before.headers.get('content-type')).toBe('text/html; charset=utf-8');
    const digest = await digestOf(before);
    await bench.submit(bench.beta, bench.report(bench.beta));
    expect(await digestOf(await get('html'))).not.toBe(digest);
  });

  it('is given to no site and to no stranger', async () => {
    expect((await get('pdf', bench.alpha.token)).status).toBe(403);
    expect((await get('html', 'nobody')).status).toBe(401);
  });

  it('of a run that is not there is not found', async () => {
    const path = '/api/runs/00000000-0000-4000-8000-000000000009/report.pdf';
    expect((await bench.coordinator.call('GET', path)).status).toBe(404);
  });
});
