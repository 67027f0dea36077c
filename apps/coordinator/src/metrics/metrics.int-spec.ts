// What Prometheus gets: counted from what happens, given to this machine or for the token, and without anybody's name.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ReportBench } from '../reports/report-bench.sample.ts';
import { DatabaseServer } from '../platform/database/database-server.ts';
import { readMetricsToken } from './serve-metrics.ts';
import { readConfig } from '../config.ts';

const token = 'a'.repeat(40);
let bench: ReportBench;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sidemark-metrics-'));
  await writeFile(join(folder, 'token'), `${token}\n`);
  bench = await ReportBench.open({ env: { SIDEMARK_METRICS_TOKEN_FILE: join(folder, 'token') } });
});
afterAll(async () => {
  await bench.coordinator.close();
  await rm(folder, { recursive: true });
});

async function scrape(headers: Record<string, string> = {}): Promise<{ status: number; text: string }> {
  const response = await fetch(`${bench.coordinator.url}/metrics`, { headers });
  return { status: response.status, text: await response.text() };
}

/** Value of one line, by its name with its labels. */
function valueOf(text: string, series: string): number | undefined {
  const line = text.split('\n').find((one) => one.startsWith(`${series} `));
  return line === undefined ? undefined : Number(line.slice(series.length + 1));
}

describe('/metrics', () => {
  it('counts statements by outcome, jobs, sites and reports by state, and times requests by route', async () => {
    await bench.submit(bench.alpha, bench.report(bench.alpha));
    await bench.coordinator.call('POST', '/api/site/reports', { body: {}, token: bench.alpha.token });
    const { text } = await scrape();
    expect(valueOf(text, 'sidemark_statements_total{kind="report",outcome="accepted"}')).toBe(1);
    expect(valueOf(text, 'sidemark_statements_total{kind="report",outcome="envelope-malformed"}')).toBe(1);
    expect(valueOf(text, 'sidemark_jobs{state="reported"}')).toBe(1);
    expect(valueOf(text, 'sidemark_sites{state="approved"}')).toBe(2);
    expect(valueOf(text, 'sidemark_reports{state="accepted"}')).toBe(1);
    expect(valueOf(text, 'sidemark_database_up')).toBe(1);
    expect(valueOf(text, 'sidemark_data_disk_free_bytes')).toBeGreaterThan(0);
    const report = 'method="POST",route="/api/site/reports",status="200"';
    expect(valueOf(text, `sidemark_http_request_duration_seconds_count{${report}}`)).toBe(1);
    expect(valueOf(text, 'nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0);
  });

  it('names no site, no person, no id and no digest', async () => {
    await bench.coordinator.call('GET', `/api/runs/${bench.run.id}`);
    await bench.coordinator.call('GET', '/MUSTERMANN/ERIKA');
    const { text } = await scrape();
    const sites = await bench.get<{ name: string }[]>('/api/sites');
    const names = [...sites.map(({ name }) => name), 'MUSTERMANN', bench.run.id, bench.alpha.id];
    for (const name of names) expect(text).not.toContain(name);
    expect(text).not.toMatch(/[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{32}/);
  });

  it('is for this machine alone, and through a proxy for the token', async () => {
    const forwarded = { 'x-forwarded-for': '203.0.113.9' };
    expect((await scrape()).status).toBe(200);
    expect((await scrape(forwarded)).status).toBe(401);
    const admin = { authorization: `Bearer ${bench.coordinator.adminToken}` };
    expect((await scrape({ ...forwarded, ...admin })).status).toBe(401);
    expect((await scrape({ ...forwarded, authorization: `Bearer ${token}` })).status).toBe(200);
  });

  it('refuses a token that can be guessed, and one that is not there', async () => {
    await writeFile(join(folder, 'short'), 'secret');
    const read = (file: string) =>
      readMetricsToken(readConfig({ SIDEMARK_METRICS_TOKEN_FILE: join(folder, file) }));
    await expect(read('short')).rejects.toThrow(/fewer than 32/);
    await expect(read('absent')).rejects.toThrow(/cannot be read/);
    expect(await read('token')).toBe(token);
  });

  it('says that the database is down instead of what it said last', async () => {
    const { cluster } = bench.coordinator.app.get(DatabaseServer);
    await cluster!.stop();
    const { status, text } = await scrape();
    expect([status, valueOf(text, 'sidemark_database_up')]).toEqual([200, 0]);
    expect(text).not.toContain('sidemark_jobs{');
    await cluster!.start();
    expect(valueOf((await scrape()).text, 'sidemark_database_up')).toBe(1);
  });

  it('has every metric that the shipped Grafana page asks of a coordinator', async () => {
    const page = await readFile(new URL('../../../../deploy/grafana/sidemark.json', import.meta.url), 'utf8');
    const { text } = await scrape();
    const known = new Set([...text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!));
    const asked = [...page.matchAll(/\b((?:sidemark_(?!agent)|nodejs_|process_)\w+)/g)].map(([, name]) =>
      name!.replace(/_(bucket|sum|count)$/, ''),
    );
    expect(new Set(asked).size).toBeGreaterThan(8);
    for (const name of asked) expect(known).toContain(name);
  });
});
