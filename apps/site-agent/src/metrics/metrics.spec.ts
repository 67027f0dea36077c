import { afterEach, describe, expect, it } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { AgentMetrics } from './agent-metrics.ts';
import { type MetricsServer, openMetrics } from './metrics.server.ts';

const job = '0b9f4a52-0000-4000-8000-000000000001';
const digest = 'd'.repeat(64);
let open: MetricsServer | undefined;
afterEach(async () => {
  await open?.close();
  open = undefined;
});

function metricsOf(states: string[] = [], pending = 0): AgentMetrics {
  const state = {
    jobStates: () => Promise.resolve(states),
    outboxPending: () => Promise.resolve(pending),
    dataDirectory: tmpdir(),
  };
  return new AgentMetrics(state, '1.2.3');
}

const get = (path: string, host?: string): Promise<{ status: number; text: string }> =>
  new Promise((resolve, reject) => {
    const headers = host === undefined ? {} : { host };
    const asked = request({ port: open!.port, host: '127.0.0.1', path, headers }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => resolve({ status: response.statusCode!, text }));
    });
    asked.on('error', reject).end();
  });

describe('the metrics of a site', () => {
  it('count what the agent tells: link, films, reports, progress', async () => {
    const metrics = metricsOf(['held', 'reported', 'reported'], 1);
    open = await openMetrics(metrics, 0);
    const failure = { code: 'coordinator-unreachable', message: 'no answer', details: {} };
    metrics.hear({ event: 'disconnected', retryInMs: 10, ...failure });
    metrics.hear({ event: 'connected', address: 'https://trial.example' });
    metrics.hear({
      event: 'progress',
      job,
      phase: 'evaluating',
      imagesDone: 3,
      imagesTotal: 9,
      ratePerSecond: 1,
      etaSeconds: 6,
    });
    metrics.hear({ event: 'receipt', job, sequence: 1, payloadDigest: digest });
    metrics.film('scored', { decode: 0.2, inference: 1.5, total: 1.9 });
    metrics.film('truncated', { decode: 0.01, inference: 0, total: 0.01 });
    const { text } = await get('/metrics');
    for (const line of [
      'sidemark_agent_build_info{version="1.2.3"} 1',
      'sidemark_agent_link_connected 1',
      'sidemark_agent_link_cuts_total{code="coordinator-unreachable"} 1',
      'sidemark_agent_jobs{state="held"} 1',
      'sidemark_agent_jobs{state="reported"} 2',
      'sidemark_agent_outbox_pending 1',
      'sidemark_agent_films_total{outcome="scored"} 1',
      'sidemark_agent_films_total{outcome="truncated"} 1',
      'sidemark_agent_film_seconds_count{part="inference"} 2',
      'sidemark_agent_job_films{part="done"} 3',
      'sidemark_agent_reports_total{outcome="received"} 1',
    ])
      expect(text.split('\n')).toContain(line);
    expect(text).not.toMatch(/trial\.example|no answer|[0-9a-f]{8}-[0-9a-f]{4}-|[0-9a-f]{32}/);
  });

  it('tell whether the agent lives and whether it is connected', async () => {
    const metrics = metricsOf();
    open = await openMetrics(metrics, 0);
    expect((await get('/alive')).status).toBe(200);
    expect((await get('/ready')).status).toBe(503);
    metrics.hear({ event: 'connected', address: 'https://trial.example' });
    expect((await get('/ready')).status).toBe(200);
    expect((await get('/other')).status).toBe(404);
  });

  it('are given to nobody who comes under another name', async () => {
    open = await openMetrics(metricsOf(), 0);
    expect((await get('/metrics', 'attacker.example')).status).toBe(403);
    expect((await get('/metrics', 'localhost:1')).status).toBe(200);
  });

  it('say that their port is taken', async () => {
    open = await openMetrics(metricsOf(), 0);
    await expect(openMetrics(metricsOf(), open.port)).rejects.toMatchObject({ code: 'invalid-input' });
  });

  it('are all that the shipped Grafana page asks of a site', async () => {
    const page = await readFile(new URL('../../../../deploy/grafana/sidemark.json', import.meta.url), 'utf8');
    open = await openMetrics(metricsOf(), 0);
    const known = new Set(
      [...(await get('/metrics')).text.matchAll(/^# TYPE (\S+)/gm)].map(([, name]) => name!),
    );
    const asked = [...page.matchAll(/\b(sidemark_agent_\w+)/g)].map(([, name]) =>
      name!.replace(/_(bucket|sum|count)$/, ''),
    );
    expect(new Set(asked).size).toBeGreaterThan(6);
    for (const name of asked) expect(known).toContain(name);
  });
});
