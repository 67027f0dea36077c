// Nothing of a patient leaves, and nothing of one is written where it need not be. A name, an id, a number and a date
// stand in every text of every DICOM file, in file and folder names and in every column of the labels; then a hospital
// works, and things go wrong. Everything written, printed, logged, sent and stored is searched.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { appendFile, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Kit, Protocol, Run, Study } from '@sidemark/core/contract';
import { sha256 } from '@sidemark/core/signing';
import pg from 'pg';
import { call } from '../../apps/cli/src/coordinator.client.ts';
import { Federation } from '../../apps/cli/src/demo/federation.ts';
import { analyticModels, analyticProtocol } from '../support/analytic-study.ts';
import { nodeArguments } from '../../apps/cli/src/commands/delegate.ts';
import type { Member } from '../../apps/cli/src/demo/process-group.ts';
import { makeWorkDirectory } from '../../apps/cli/src/demo/work-directory.ts';
import type { Planted } from '../support/planted-dicom.ts';
import { writePlantedFilms } from '../support/planted-films.ts';
import { startRecordingProxy, type RecordingProxy } from '../support/recording-proxy.ts';
import { secretsIn } from '../support/traces.ts';

const patience = 300_000;
const planted: Planted = {
  name: 'ZWETSCHKENBAUM',
  id: 'QXPLANT7731',
  number: '8837261945',
  date: '19230417',
};
const dates = [planted.date, '1923-04-17', '17.04.1923', '04/17/1923'];
const texts = [planted.name, planted.id, planted.number, ...dates];

/** Below the site's home, where something of a patient stands on purpose. */
const declared = [
  {
    place: /^datasets\/[0-9a-f-]{36}\.json$/,
    why: 'the registration: which file is which patient with which label; private, never sent, gone by `dataset remove`',
  },
];

const policy = 'schema: sidemark.policy/1\ndefault: auto-approve\nfloors: {minPatientsPerClass: 5}\n';
const startAgent = (): Member =>
  federation.processes.start('north', 'site-agent', ['agent', 'run', '--data', home], {
    SIDEMARK_WORKERS: '2',
    SIDEMARK_METRICS_PORT: String(metricsPort),
  });

let dir: string;
let metricsPort: number;
let home: string;
let films: string;
let federation: Federation;
let proxy: RecordingProxy;
let study: Study;
let secrets: string[];
const printed: { what: string; bytes: Uint8Array }[] = [];

/** A command at the site; what it prints is kept. */
async function site(...args: string[]): Promise<{ code: number | null; out: string }> {
  return new Promise((resolve) => {
    const child = execFile(
      process.execPath,
      nodeArguments('site-agent', [...args, '--data', home]),
      { env: { ...process.env, NODE_OPTIONS: '' } },
      (_error, out, err) => {
        printed.push({ what: `output of ${args.slice(0, 2).join(' ')}`, bytes: Buffer.from(out + err) });
        resolve({ code: child.exitCode, out: out + err });
      },
    );
  });
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function ended(run: Run): Promise<Run> {
  for (let i = 0; i < 1200; i += 1) {
    const now = await call(federation.connection, 'showRun', { params: { id: run.id } });
    if (now.jobs.every(({ state }) => ['reported', 'refused', 'failed'].includes(state))) return now;
    await sleep(200);
  }
  throw new Error('waited in vain for the run to end');
}

/** A run of the protocol to its end: state and code of its one job. */
async function outcome(protocol: Protocol): Promise<unknown[]> {
  const { jobs } = await ended(await federation.startRun(protocol));
  return jobs.map(({ state, code }) => [state, code]);
}

/** A manifest whose first published answer is not what the model gives. */
function withAnotherAnswer<T>(manifest: T): T {
  return JSON.parse(JSON.stringify(manifest).replace(/"values":\[[^\],]*/, '"values":[7e5')) as T;
}

async function filesBelow(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

const journals = async (): Promise<string[]> =>
  (await filesBelow(home)).filter((path) => path.includes('journal'));

/** Every row of every table, bytes as they are. */
async function dump(): Promise<{ what: string; bytes: Uint8Array }[]> {
  const data = join(dir, 'coordinator');
  const port = (await readFile(join(data, 'postgres/data/postmaster.pid'), 'utf8')).split('\n')[3];
  const password = await readFile(join(data, 'postgres.password'), 'utf8');
  const client = new pg.Client({
    host: '127.0.0.1',
    port: Number(port),
    user: 'sidemark',
    database: 'postgres',
    password,
  });
  await client.connect();
  try {
    const { rows: tables } = await client.query<{ name: string }>(
      `SELECT quote_ident(schemaname) || '.' || quote_ident(tablename) AS name FROM pg_tables WHERE schemaname = 'public'`,
    );
    const found: { what: string; bytes: Uint8Array }[] = [];
    for (const { name } of tables) {
      const { rows } = await client.query<{ row: string }>(`SELECT to_jsonb(t)::text AS row FROM ${name} t`);
      found.push({ what: `table ${name}`, bytes: Buffer.from(rows.map(({ row }) => row).join('\n')) });
    }
    return found;
  } finally {
    await client.end();
  }
}

const leaks = (places: readonly { what: string; bytes: Uint8Array }[]): string[] =>
  places.flatMap(({ what, bytes }) => secretsIn(bytes, secrets).map((secret) => `${secret} in ${what}`));

beforeAll(async () => {
  dir = await makeWorkDirectory('patient-data');
  home = join(dir, 'home');
  films = join(dir, 'films');
  proxy = await startRecordingProxy();
  federation = new Federation(dir, 1);
  metricsPort = await freePort();
  const port = await freePort();
  await federation.startCoordinator({ SIDEMARK_PORT: String(port), SIDEMARK_PUBLIC_URL: proxy.url });
  proxy.target(`http://127.0.0.1:${port}`);
  study = await federation.createStudy('patient-data', 'Patient data');
}, patience);

afterAll(async () => {
  await federation.end();
  await proxy.close();
  await rm(dir, { recursive: true, force: true });
}, patience);

describe('a patient', () => {
  let protocol: Protocol;
  let failing: Protocol;
  let good: string[];
  let agent: Member;

  it(
    'is in every file, and the registration finds every problem by its row alone',
    async () => {
      const written = await writePlantedFilms(films, planted);
      good = written.good;
      secrets = [
        ...texts,
        ...texts.map((text) => sha256(text)),
        ...(await Promise.all((await filesBelow(films)).map(async (path) => sha256(await readFile(path))))),
      ];
      for (const [name, text] of Object.entries({
        'good.csv': written.labels,
        'bad.csv': written.bad,
        'headless.csv': written.labels.split('\n').slice(1).join('\n'),
        'quotes.csv': `${written.labels}\n"${planted.name}`,
      }))
        await writeFile(join(films, name), text);
      const add = (csv: string, ...more: string[]): ReturnType<typeof site> =>
        site('dataset', 'add', films, '--study', study.id, '--csv', join(films, csv), ...more);
      const refused = await add('bad.csv', '--allow-extra-columns');
      expect(refused.code).toBe(3);
      for (const problem of [
        'file-missing',
        'file-unsupported',
        'file-unreadable',
        'path-outside',
        'formula-cell',
        'split-invalid',
      ])
        expect(refused.out).toContain(problem);
      expect((await add('bad.csv', '--json')).out).toContain('column-unknown');
      expect((await add('headless.csv')).out).toContain('column-missing');
      expect((await add('quotes.csv')).code).toBe(3);
      expect((await add('gone.csv')).code).toBe(3);
      expect((await add('good.csv', '--allow-extra-columns')).code).toBe(0);
    },
    patience,
  );

  it(
    'is evaluated, and is in the way of jobs that fail',
    async () => {
      const body = { study: study.id, name: 'north', role: 'external' as const, expiresInHours: 1 };
      const kit: Kit = await call(federation.connection, 'inviteSite', { body });
      expect(kit.coordinator).toBe(proxy.url);
      await writeFile(join(dir, 'kit.json'), JSON.stringify(kit));
      const { out } = await site('agent', 'enrol', join(dir, 'kit.json'), '--json');
      const { words } = JSON.parse(out) as { words: string[] };
      await call(federation.connection, 'approveSite', { params: { id: kit.site }, body: { words } });
      await writeFile(join(home, 'policy.yaml'), policy);
      const models = analyticModels().map(({ bytes, manifest }, i) => ({
        bytes,
        manifest: i === 4 ? withAnotherAnswer(manifest) : manifest,
      }));
      const released = await federation.releaseModels(models);
      protocol = await federation.freeze(study, analyticProtocol(released, false));
      failing = await federation.freeze(study, { ...analyticProtocol(released, true), name: 'failing' });
      agent = startAgent();
      expect(await outcome(protocol)).toEqual([['reported', null]]);
      expect(await outcome(failing)).toEqual([['refused', 'canary-failed']]);
      const [first = ''] = good;
      const whole = await readFile(join(films, first));
      await appendFile(join(films, first), 'x');
      expect(await outcome(protocol)).toEqual([['refused', 'dataset-changed']]);
      await truncate(join(films, first), whole.length);
      expect(await outcome(protocol)).toEqual([['reported', null]]);
      const registration = join(home, 'datasets', `${study.id}.json`);
      const text = await readFile(registration, 'utf8');
      await writeFile(registration, text.slice(0, text.lastIndexOf(planted.id)));
      expect(await outcome(protocol)).toEqual([['refused', 'dataset-not-found']]);
      await writeFile(registration, text);
      for (const args of [
        ['agent', 'status'],
        ['agent', 'jobs'],
        ['egress', 'log', '--json'],
        ['egress', 'verify'],
      ])
        expect((await site(...args)).code).toBe(0);
      for (const address of [`127.0.0.1:${metricsPort}`, new URL(federation.connection.url).host]) {
        const text = await (await fetch(`http://${address}/metrics`)).text();
        expect(text).toContain('# TYPE sidemark_');
        printed.push({ what: `metrics of ${address}`, bytes: Buffer.from(text) });
      }
      printed.push({ what: 'log of the agent', bytes: Buffer.from(agent.lines.join('\n')) });
      const coordinator = federation.coordinator.lines.join('\n');
      printed.push({ what: 'log of the coordinator', bytes: Buffer.from(coordinator) });
    },
    patience,
  );

  it('stands where the search must find it', async () => {
    for (const path of good.slice(0, 3))
      expect(secretsIn(await readFile(join(films, path)), texts)).toEqual(
        expect.arrayContaining(texts.slice(0, 4)),
      );
    const carried = { payload: Buffer.from(JSON.stringify({ of: planted.name })).toString('base64') };
    expect(secretsIn(Buffer.from(JSON.stringify(carried)), texts)).toEqual([planted.name]);
    expect(secretsIn(Buffer.from(`/a?q=${planted.id}`, 'utf16le'), texts)).toEqual([planted.id]);
  });

  it('is in nothing that was sent', () => {
    expect(proxy.recorded.filter(({ what }) => what.includes('/api/site/reports')).length).toBeGreaterThan(0);
    expect(proxy.recorded.some(({ bytes }) => Buffer.from(bytes).includes('job:progress'))).toBe(true);
    // a control: what stands only inside the base64 of an envelope is found
    expect(
      proxy.recorded.filter(({ bytes }) => secretsIn(bytes, ['sidemark.report/1']).length > 0),
    ).not.toEqual([]);
    expect(leaks(proxy.recorded)).toEqual([]);
  });

  it('is in nothing that the coordinator stores', async () => {
    const tables = await dump();
    expect(tables.find(({ what }) => what.includes('Report'))?.bytes.length).toBeGreaterThan(1000);
    expect(tables.filter(({ bytes }) => secretsIn(bytes, ['sidemark.report/1']).length > 0)).not.toEqual([]);
    expect(leaks(tables)).toEqual([]);
  });

  it('is in nothing that was printed or logged', () => {
    expect(printed.find(({ what }) => what === 'log of the agent')?.bytes.length).toBeGreaterThan(500);
    expect(leaks(printed)).toEqual([]);
  });

  it('is in no file of the site but the declared ones', async () => {
    const found: string[] = [];
    expect(await journals()).toHaveLength(2);
    for (const path of await filesBelow(home)) {
      const place = relative(home, path);
      const hits = secretsIn(await readFile(path), secrets);
      if (hits.length > 0) found.push(place);
      const allowed = declared.some((one) => one.place.test(place));
      expect({ place, hits: allowed ? [] : hits }).toEqual({ place, hits: [] });
    }
    // each declared place is one, so that the list stays honest
    for (const { place, why } of declared)
      expect([why, found.some((one) => place.test(one))]).toEqual([why, true]);
  });

  it(
    'has no journal left when the policy keeps them for 0 days',
    async () => {
      agent.child.kill();
      await new Promise((resolve) => agent.child.once('exit', resolve));
      await writeFile(join(home, 'policy.yaml'), `${policy}retention: {journalDays: 0}\n`);
      startAgent();
      for (let i = 0; i < 300 && (await journals()).length > 0; i += 1) await sleep(200);
      expect(await journals()).toEqual([]);
    },
    patience,
  );

  it(
    'is gone from the site when the dataset is removed, and what was sent can still be shown',
    async () => {
      await federation.processes.end();
      expect((await site('dataset', 'remove', study.id)).code).toBe(2);
      expect((await site('dataset', 'remove', study.id, '--yes')).code).toBe(0);
      for (const path of await filesBelow(home)) expect(secretsIn(await readFile(path), secrets)).toEqual([]);
      expect((await site('egress', 'verify')).code).toBe(0);
      expect((await readdir(join(home, 'receipts'))).length).toBe(2);
      expect(leaks(printed)).toEqual([]);
    },
    patience,
  );
});
