// The quickstart as people type it: every step is a `sidemark` command in a process of its own. The site has no
// policy file, so its job is held until a person approves it.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { copyFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeSite } from '@sidemark/phantom';
import { phantomSite } from '../support/phantom-site.ts';
import { Federation } from '../../apps/cli/src/demo/federation.ts';
import { analyticModels, analyticProtocol } from '../support/analytic-study.ts';
import { makeWorkDirectory } from '../../apps/cli/src/demo/work-directory.ts';
import type { Kit, ModelVersion, Protocol, Run, Study } from '@sidemark/core/contract';

const patience = 240_000;
const bin = join(import.meta.dirname, '../../apps/cli/bin/sidemark.mjs');
let dir: string;
let federation: Federation;

interface Spoken {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function spoken(args: readonly string[], cwd: string, more: Record<string, string>): Promise<Spoken> {
  const env = { ...process.env, NODE_OPTIONS: '', ...more };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [bin, ...args], { env, cwd }, (_error, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    );
  });
}

function sidemark(...args: string[]): Promise<Spoken> {
  const { url, token } = federation.connection;
  return spoken(args, dir, { SIDEMARK_URL: url, SIDEMARK_TOKEN: token });
}

/** Dotted paths of the leaves that differ. */
function differences(a: unknown, b: unknown, path = ''): string[] {
  if (typeof a !== 'object' || a === null || typeof b !== 'object' || b === null)
    return Object.is(a, b) ? [] : [path];
  const [left, right] = [a as Record<string, unknown>, b as Record<string, unknown>];
  return [...new Set([...Object.keys(left), ...Object.keys(right)])].flatMap((key) =>
    differences(left[key], right[key], path === '' ? key : `${path}.${key}`),
  );
}

async function json<T>(...args: string[]): Promise<T> {
  const { code, out, err } = await sidemark(...args, '--json');
  if (code !== 0) throw new Error(`sidemark ${args.join(' ')} ended with ${code}: ${err}`);
  return JSON.parse(out) as T;
}

async function until(what: string, probe: () => Promise<boolean>): Promise<void> {
  for (let i = 0; i < 200; i++) {
    if (await probe()) return;
    await sleep(250);
  }
  throw new Error(`waited in vain for ${what}`);
}

beforeAll(async () => {
  dir = await makeWorkDirectory('cli');
  federation = new Federation(dir, 2);
  await federation.startCoordinator();
}, patience);

afterAll(async () => {
  await federation.end();
  await rm(dir, { recursive: true, force: true });
}, patience);

describe('sidemark, as people type it', () => {
  let study: Study;
  let kit: Kit;
  let protocol: Protocol;
  let run: Run;
  const data = (): string => join(dir, 'site');

  it(
    'invites, enrols and approves a site by its six words',
    async () => {
      study = await json<Study>('study', 'create', 'markers', '--title', 'Side markers');
      await json('site', 'invite', 'st-mary', '--study', 'markers', '--out', join(dir, 'kit.json'));
      kit = JSON.parse(await readFile(join(dir, 'kit.json'), 'utf8')) as Kit;
      const { words } = await json<{ words: string[] }>('agent', 'enrol', 'kit.json', '--data', data());
      expect(words).toHaveLength(6);
      const wrong = await sidemark('site', 'approve', 'st-mary', '--words', 'zoo zoo zoo zoo zoo zoo');
      expect(wrong).toMatchObject({ code: 2, err: expect.stringContaining('do not approve') as unknown });
      expect(await json('site', 'approve', 'st-mary', '--words', words.join(' '))).toMatchObject({
        state: 'approved',
      });
      const again = await sidemark('agent', 'enrol', 'kit.json', '--data', join(dir, 'other'));
      expect(again).toMatchObject({
        code: 3,
        err: expect.stringContaining('enrolment-token-used') as unknown,
      });
    },
    patience,
  );

  it(
    'registers a dataset only when it is clean, and says what is wrong',
    async () => {
      const films = join(dir, 'films');
      await writeSite(
        phantomSite({ name: 'st-mary', films: 48, film: { side: 256, format: 'png8' } }),
        films,
      );
      const labels = await readFile(join(films, 'labels.csv'), 'utf8');
      await writeFile(join(films, 'bad.csv'), `${labels}images/none.png,2,,opacity,PA,F,50,test\n`);
      const add = [
        'dataset',
        'add',
        films,
        '--study',
        study.id,
        '--data',
        data(),
        '--classes',
        'none,opacity,effusion',
      ];
      const refused = await sidemark(...add, '--csv', join(films, 'bad.csv'));
      expect(refused).toMatchObject({ code: 3, err: expect.stringContaining('dataset-problems') as unknown });
      expect(refused.out).toMatch(/label/);
      expect((await sidemark('dataset', 'show', '--study', study.id, '--data', data())).code).toBe(3);
      expect((await sidemark(...add, '--csv', join(films, 'labels.csv'))).code).toBe(0);
    },
    patience,
  );

  it(
    'registers and releases models, and refuses a manifest with an unknown field',
    async () => {
      const released: ModelVersion[] = [];
      for (const [i, { bytes, manifest }] of analyticModels().entries()) {
        await writeFile(join(dir, `${i}.onnx`), bytes);
        await writeFile(join(dir, `${i}.json`), JSON.stringify(manifest));
        const { name, version } = await json<ModelVersion>(
          'model',
          'register',
          `${i}.onnx`,
          '--manifest',
          `${i}.json`,
        );
        released.push(await json<ModelVersion>('model', 'release', `${name}@${version}`));
      }
      const known = JSON.parse(await readFile(join(dir, '0.json'), 'utf8')) as object;
      await writeFile(join(dir, 'odd.json'), JSON.stringify({ ...known, surprise: 1 }));
      const odd = await sidemark('model', 'register', '0.onnx', '--manifest', 'odd.json');
      expect(odd).toMatchObject({ code: 3, err: expect.stringContaining('surprise') as unknown });
      await writeFile(join(dir, 'protocol.json'), JSON.stringify(analyticProtocol(released, false)));
      const draft = await json<Protocol>('protocol', 'draft', 'protocol.json', '--study', 'markers');
      protocol = await json<Protocol>('protocol', 'freeze', draft.id);
      expect(protocol.state).toBe('frozen');
    },
    patience,
  );

  it(
    'holds the job for a person, then evaluates, reports and pools',
    async () => {
      const agent = federation.processes.start(
        'st-mary',
        'site-agent',
        ['agent', 'run', '--data', data()],
        {},
      );
      run = await json<Run>('run', 'start', protocol.id);
      const job = run.jobs[0]?.id ?? '';
      await until(
        'the job to be held',
        async () => (await json<Run>('run', 'show', run.id)).jobs[0]?.state === 'held',
      );
      expect((await sidemark('agent', 'jobs', '--data', data())).out).toContain(job);
      expect((await sidemark('agent', 'approve', job, '--data', data())).code).toBe(0);
      expect((await sidemark('run', 'watch', run.id)).out).toContain('reported');
      expect((await sidemark('run', 'analysis', run.id)).out).toMatch(/pooled AUC/);
      expect((await sidemark('analysis', 'show', run.id)).out).toMatch(/pooled AUC/);
      const exported = (format: string): Promise<Spoken> =>
        sidemark('analysis', 'export', run.id, '--format', format);
      expect((await exported('methods')).out).toMatch(/Images stayed at 1 hospital .*\[1,2\]/);
      expect(JSON.parse((await exported('nvflare')).out)).toHaveProperty('st-mary');
      expect((await exported('json')).out).toBe((await exported('json')).out);
      expect(await exported('xml')).toMatchObject({ code: 2 });
      expect(agent.child.exitCode).toBeNull();
    },
    patience,
  );

  it(
    'exports the evidence of the run; with only the file, another machine verifies it, and names one changed digit',
    async () => {
      const exported = join(dir, 'run.bundle.json');
      expect(await json('bundle', 'export', run.id, '--out', exported)).toMatchObject({ reports: 1 });
      const elsewhere = await mkdtemp(join(tmpdir(), 'sidemark-stranger-'));
      await copyFile(exported, join(elsewhere, 'evidence.json'));
      const verify = (file: string, ...more: string[]): Promise<Spoken> =>
        spoken(
          ['bundle', 'verify', file, '--fingerprint', kit.releaseKeyFingerprint, ...more],
          elsewhere,
          {},
        );
      const { code, out } = await verify('evidence.json', '--json');
      expect(code).toBe(0);
      const { numbers } = JSON.parse(out) as { numbers: { path: string; reports: string[] }[] };
      expect(numbers.find(({ path }) => path.startsWith('cells.0.pooled'))?.reports).toHaveLength(1);
      expect((await verify('evidence.json')).out).toMatch(/pooled numbers follow from the reports/);

      const text = await readFile(exported, 'utf8');
      const at = text.lastIndexOf('"standardError": 0.') + '"standardError": 0.'.length;
      const digit = (Number(text[at]) + 1) % 10;
      const altered = `${text.slice(0, at)}${digit}${text.slice(at + 1)}`;
      await writeFile(join(elsewhere, 'altered.json'), altered);
      const [place = '', ...others] = differences(JSON.parse(text), JSON.parse(altered));
      expect([place, others]).toEqual([expect.stringMatching(/^analysis\..*standardError$/), []]);
      const refused = await verify('altered.json');
      expect(refused.code).toBe(3);
      expect(refused.err).toMatch(/code: bundle-altered/);
      expect(refused.err.split('\n')).toContain(`  place: ${place}`);
      expect((await readdir(elsewhere)).sort()).toEqual(['altered.json', 'evidence.json']);
      await rm(elsewhere, { recursive: true });
    },
    patience,
  );

  it(
    'lets a stranger verify the report, and the hospital see what left',
    async () => {
      const { reports } = await json<{ reports: { payloadDigest: string }[] }>('report', 'list', run.id);
      await sidemark('report', 'export', reports[0]?.payloadDigest ?? '', '--out', 'report.json');
      const verified = await sidemark(
        'report',
        'verify',
        'report.json',
        '--fingerprint',
        kit.releaseKeyFingerprint,
      );
      expect(verified).toMatchObject({
        code: 0,
        out: expect.stringContaining('result digest fits') as unknown,
      });
      expect((await sidemark('report', 'verify', 'report.json', '--fingerprint', 'f'.repeat(64))).code).toBe(
        3,
      );
      const log = await sidemark('egress', 'log', '--data', data());
      expect(log.out).toMatch(/report/);
      expect(await json('audit', 'verify')).toMatchObject({ firstBroken: null });
    },
    patience,
  );
});
