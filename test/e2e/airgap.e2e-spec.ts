// A hospital without any network takes part by files alone, as people type it: every step is a `sidemark` command in a
// process of its own, and the address in its kit leads nowhere. A linked hospital with the same films must come to the
// same result digest, and both are pooled.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { execFile } from 'node:child_process';
import { open, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  Analysis,
  AuditEntry,
  Kit,
  ReportBundle,
  Run,
  StoredReport,
  Study,
} from '@sidemark/core/contract';
import { writeSite } from '@sidemark/phantom';
import { phantomSite } from '../support/phantom-site.ts';
import { Federation } from '../../apps/cli/src/demo/federation.ts';
import { analyticModels, analyticProtocol } from '../support/analytic-study.ts';
import { makeWorkDirectory } from '../../apps/cli/src/demo/work-directory.ts';

const patience = 240_000;
const bin = join(import.meta.dirname, '../../apps/cli/bin/sidemark.mjs');
let dir: string;
let federation: Federation;
let study: Study;
let run: Run;
let job: string;

interface Spoken {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

function sidemark(args: readonly string[], more: Record<string, string>): Promise<Spoken> {
  const env = { ...process.env, NODE_OPTIONS: '', ...more };
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [bin, ...args], { env, cwd: dir }, (_error, out, err) =>
      resolve({ code: child.exitCode, out, err }),
    );
  });
}
/** at the trial office */
const office = (...args: string[]): Promise<Spoken> => {
  const { url, token } = federation.connection;
  return sidemark(args, { SIDEMARK_URL: url, SIDEMARK_TOKEN: token });
};
/** at the hospital on an island: no address, no token, and a proxy that is not there for whoever tries */
const island = (...args: string[]): Promise<Spoken> =>
  sidemark([...args, '--data', join(dir, 'island')], {
    HTTPS_PROXY: 'http://127.0.0.1:9',
    HTTP_PROXY: 'http://127.0.0.1:9',
    SIDEMARK_WORKERS: '2',
  });

async function done<T>(spoken: Promise<Spoken>): Promise<T> {
  const { code, out, err } = await spoken;
  if (code !== 0) throw new Error(`ended with ${code}: ${err}`);
  return JSON.parse(out) as T;
}
const refused = (code: string): unknown =>
  expect.objectContaining({ code: 3, err: expect.stringContaining(`code: ${code}`) as unknown });
const path = (name: string): string => join(dir, name);

beforeAll(async () => {
  dir = await makeWorkDirectory('airgap');
  federation = new Federation(dir, 1);
  await federation.startCoordinator();
  study = await federation.createStudy('airgap', 'Air gap');
  const folder = path('films');
  const datasetArguments = ['--csv', join(folder, 'labels.csv'), '--classes', 'none,opacity,effusion'];
  await writeSite(phantomSite({ name: 'films', films: 40, film: { side: 256, format: 'png8' } }), folder);
  const linked = await federation.enrol(study, {
    name: 'linked',
    role: 'external',
    folder,
    datasetArguments,
  });
  await federation.prepare(study, linked);
  const models = await federation.releaseModels(analyticModels());
  federation.startAgent(linked);
  const protocol = await federation.freeze(study, analyticProtocol(models, false));

  const dataset = ['dataset', 'add', folder, '--study', study.id, ...datasetArguments];
  const kit = await done<{ file: string }>(
    office('site', 'invite', 'island', '--study', 'airgap', '--out', path('island.kit.json'), '--json'),
  );
  const sent = JSON.parse(await readFile(kit.file, 'utf8')) as Kit;
  await writeFile(kit.file, JSON.stringify({ ...sent, coordinator: 'https://trial.invalid' }));
  const { words } = await done<{ words: string[] }>(
    island('agent', 'enrol', kit.file, '--out', path('island.enrolment'), '--json'),
  );
  expect(await readFile(path('island.enrolment'), 'utf8')).not.toContain(sent.token);
  const pending = await done<{ words: string[] }>(
    office('site', 'import', path('island.enrolment'), '--json'),
  );
  expect(pending.words).toEqual(words);
  await done(office('site', 'approve', 'island', '--words', words.join(' '), '--json'));
  expect((await island(...dataset)).code).toBe(0);
  // held for a person, as by default; journals go with the receipt
  await writeFile(path('island/policy.yaml'), 'schema: sidemark.policy/1\nretention: {journalDays: 0}\n');
  run = await federation.startRun(protocol);
  job = run.jobs.find(({ siteName }) => siteName === 'island')?.id ?? '';
}, patience);

afterAll(async () => {
  await federation.end();
  await rm(dir, { recursive: true, force: true });
}, patience);

describe('a hospital without a network', () => {
  it(
    'brings its enrolment once',
    async () => {
      expect(await office('site', 'import', path('island.enrolment'))).toEqual(
        refused('enrolment-token-used'),
      );
    },
    patience,
  );

  it(
    'takes a job from a file, and only as it was written',
    async () => {
      const written = await done<{ sha256: string; sizeBytes: number }>(
        office('job', 'export', job, path('island.job'), '--days', '3', '--json'),
      );
      expect((await stat(path('island.job'))).size).toBe(written.sizeBytes);
      const bytes = await readFile(path('island.job'));
      const altered = Uint8Array.from(bytes);
      altered[altered.length - 1] = (altered.at(-1) ?? 0) ^ 1;
      const hostile: [string, Uint8Array, string][] = [
        ['last byte altered', altered, 'model-digest-mismatch'],
        ['a zip', Buffer.from('504b0304140000000800', 'hex'), 'carried-file-invalid'],
      ];
      for (const [what, content, code] of hostile) {
        await writeFile(path('hostile.job'), content);
        expect([what, await island('job', 'import', path('hostile.job'))]).toEqual([what, refused(code)]);
      }
      const wrong = await island('job', 'import', path('island.job'), '--digest', 'a'.repeat(64));
      expect(wrong).toEqual(refused('carried-file-invalid'));
      expect(await readdir(path('island/jobs'))).toEqual([]);
      const taken = await done(
        island('job', 'import', path('island.job'), '--digest', written.sha256, '--json'),
      );
      expect(taken).toMatchObject({ job, state: 'offered', ruling: 'hold', sha256: written.sha256 });
    },
    patience,
  );

  it(
    'holds it for a person, evaluates it without a link, and carries out a report that is in the ledger',
    async () => {
      const round = (): Promise<{ jobs: { state: string; report: string; next: string }[] }> =>
        done(island('agent', 'run', '--offline', '--json'));
      expect((await round()).jobs).toMatchObject([
        { state: 'held', next: expect.stringContaining(job) as unknown },
      ]);
      expect(await island('report', 'export', job, path('early.report'))).toEqual(
        refused('report-not-ready'),
      );
      expect((await island('agent', 'approve', job)).code).toBe(0);
      expect((await round()).jobs).toMatchObject([{ state: 'signed', report: 'waits' }]);
      expect((await island('report', 'export', job, path('island.report'))).code).toBe(0);
      expect(await island('report', 'export', job, path('island.report'))).toEqual(refused('already-exists'));
      const log = await done<{ content: { kind: string; carried?: boolean; bytes?: number } }[]>(
        island('egress', 'log', '--json'),
      );
      expect(log.map(({ content }) => [content.kind, content.carried])).toEqual([
        ['enrolment', true],
        ['report', true],
      ]);
      expect(log.at(-1)?.content.bytes).toBe((await stat(path('island.report'))).size);
    },
    patience,
  );

  it(
    'is accepted once, gets its receipt, and is pooled with a linked site of the same figures',
    async () => {
      const text = await readFile(path('island.report'), 'utf8');
      await writeFile(path('forged.report'), text.replace(/"sig":"[^"]{4}/, '"sig":"AAAA'));
      expect((await office('report', 'import', path('forged.report'), '--receipt', path('none'))).code).toBe(
        3,
      );
      const accept = (receipt: string): Promise<Spoken> =>
        office('report', 'import', path('island.report'), '--receipt', path(receipt));
      expect((await accept('island.receipt')).code).toBe(0);
      expect((await accept('again.receipt')).code).toBe(0);
      const receiptIn = async (name: string): Promise<unknown> =>
        (JSON.parse(await readFile(path(name), 'utf8')) as { receipt: unknown }).receipt;
      expect(await receiptIn('again.receipt')).toEqual(await receiptIn('island.receipt'));

      await office('run', 'watch', run.id);
      const { reports } = await done<{ reports: StoredReport[] }>(office('report', 'list', run.id, '--json'));
      expect(reports).toHaveLength(2);
      const results = await Promise.all(
        reports.map(async ({ payloadDigest }, i) => {
          expect((await office('report', 'export', payloadDigest, '--out', path(`${i}.json`))).code).toBe(0);
          return withoutKeyedFolds(JSON.parse(await readFile(path(`${i}.json`), 'utf8')) as ReportBundle);
        }),
      );
      expect(results[0]).toEqual(results[1]);
      const analysis = await done<Analysis>(office('run', 'analysis', run.id, '--json'));
      expect(analysis.comparisons[0]?.pooled.kind).toBe('pooled');
      const audit = await done<AuditEntry[]>(office('audit', 'list', '--json'));
      expect(audit.map(({ content }) => content.action)).toContain('job.exported');
    },
    patience,
  );

  it(
    'settles its outbox by the receipt, once, and by no other',
    async () => {
      const handle = await open(path('other.receipt'), 'w');
      await handle.writeFile(
        (await readFile(path('island.receipt'), 'utf8')).replace(/"sig":"[^"]{4}/, '"sig":"AAAA'),
      );
      await handle.close();
      expect((await island('receipt', 'import', path('other.receipt'))).code).toBe(3);
      expect((await readdir(path('island/outbox'))).length).toBe(2);
      expect(await readdir(path(`island/jobs/${job}`))).toContain('journal-1.ndjson');
      for (let i = 0; i < 2; i += 1)
        expect(await done(island('receipt', 'import', path('island.receipt'), '--json'))).toMatchObject({
          job,
          state: 'reported',
        });
      expect(await readdir(path('island/outbox'))).toEqual(['sequence']);
      expect(await readdir(path(`island/jobs/${job}`))).not.toContain('journal-1.ndjson');
      expect((await island('egress', 'verify')).code).toBe(0);
      const [view] = await done<{ state: string; report: string }[]>(island('agent', 'jobs', '--json'));
      expect(view).toMatchObject({ state: 'reported', report: 'received' });
    },
    patience,
  );
});

/** Both sites hold the same films; each divides its patients into folds by a secret of its own. */
function withoutKeyedFolds({ report }: ReportBundle): unknown {
  return JSON.parse(JSON.stringify(report.result), (key, value: unknown) =>
    key === 'labelFromMarker' || key === 'strata' ? undefined : value,
  );
}
