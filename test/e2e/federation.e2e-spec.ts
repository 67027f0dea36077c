// The whole, with real processes: PostgreSQL, coordinator, three site agents. One agent is killed with SIGKILL in
// mid-job and started again; its result digest must equal that of an undisturbed run over the same data.
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { writeSite } from '@sidemark/phantom';
import type { Protocol, ReportBundle, Run, StoredReport } from '@sidemark/core/contract';
import { keyIdOf } from '@sidemark/core/signing';
import { verifyBundle } from '../../apps/cli/src/evidence/verify-bundle.ts';
import { call } from '../../apps/cli/src/coordinator.client.ts';
import { makeWorkDirectory } from '../../apps/cli/src/demo/work-directory.ts';
import { Federation, type EnrolledSite } from '../../apps/cli/src/demo/federation.ts';
import { analyticModels, analyticProtocol } from '../support/analytic-study.ts';
import { releaseWhatWaits, type StaffedSite } from '../../apps/cli/src/demo/people.ts';
import { verifyEveryReport } from '../../apps/cli/src/demo/verify-reports.ts';
import type { Member } from '../../apps/cli/src/demo/process-group.ts';
import { phantomSite } from '../support/phantom-site.ts';

const patience = 180_000;
const formats = { alpha: 'png16', beta: 'dicom', gamma: 'png8' } as const;

let dir: string;
let federation: Federation;
let protocol: Protocol;
const sites: EnrolledSite[] = [];
const agents = new Map<string, Member>();
/** somebody is there at each site to read and release what waits */
const workday = new AbortController();
let people: Promise<void> = Promise.resolve();

async function until<T>(what: string, probe: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + patience;
  while (Date.now() < deadline) {
    const found = await probe();
    if (found !== undefined) return found;
    await sleep(50);
  }
  throw new Error(`waited in vain for ${what}`);
}

function ended(run: Run): Promise<Run> {
  return until('every job to end', async () => {
    const now = await call(federation.connection, 'showRun', { params: { id: run.id } });
    const open = now.jobs.some((job) => !['reported', 'refused', 'failed'].includes(job.state));
    return open ? undefined : now;
  });
}

async function reportsOf(run: Run): Promise<StoredReport[]> {
  return (await call(federation.connection, 'listReports', { params: { id: run.id } })).reports;
}

const bundleOf = (report: StoredReport): Promise<ReportBundle> =>
  call(federation.connection, 'showReport', { params: { digest: report.payloadDigest } });

/** Lines of the journal of a job, or nothing while there is none. */
async function journalLines(site: EnrolledSite, job: string): Promise<number> {
  const folder = join(site.dataDir, 'jobs', job);
  const files = await readdir(folder).catch(() => []);
  const journal = files.find((file) => file.startsWith('journal'));
  if (journal === undefined) return 0;
  return (await readFile(join(folder, journal), 'utf8')).split('\n').length - 1;
}

beforeAll(async () => {
  dir = await makeWorkDirectory('e2e');
  federation = new Federation(dir, 1);
  await federation.startCoordinator();
  const study = await federation.createStudy('e2e', 'End to end');
  for (const [name, format] of Object.entries(formats)) {
    const folder = join(dir, 'films', name);
    await writeSite(phantomSite({ name, films: 72, film: { side: 256, format } }), folder);
    const datasetArguments = ['--csv', join(folder, 'labels.csv'), '--classes', 'none,opacity,effusion'];
    const site = await federation.enrol(study, { name, role: 'external', folder, datasetArguments });
    await federation.prepare(study, site);
    agents.set(name, federation.startAgent(site));
    sites.push(site);
  }
  const models = await federation.releaseModels(analyticModels());
  protocol = await federation.freeze(study, analyticProtocol(models, true));
  const staff = (): StaffedSite[] => sites.map((site) => ({ site, agent: agents.get(site.name) as Member }));
  people = releaseWhatWaits(federation, staff, { note: () => undefined }, workday.signal);
}, patience);

afterAll(async () => {
  workday.abort();
  await people;
  await federation.end();
  await rm(dir, { recursive: true, force: true });
}, patience);

describe('a federation of three sites', () => {
  let undisturbed: Map<string, StoredReport>;

  it(
    'ends with each report present exactly once, verifiable off-line, and pooled',
    async () => {
      const run = await ended(await federation.startRun(protocol));
      expect(run.jobs.map((job) => [job.siteName, job.state, job.code])).toEqual(
        sites.map((site) => [site.name, 'reported', null]),
      );
      const reports = await reportsOf(run);
      undisturbed = new Map(reports.map((report) => [report.site, report]));
      expect(reports).toHaveLength(3);
      expect(undisturbed.size).toBe(3);
      expect(await verifyEveryReport(federation.connection, run)).toBe(3);
      const analysis = await call(federation.connection, 'analyseRun', { params: { id: run.id } });
      expect(analysis.comparisons[0]?.pooled.kind).toBe('pooled');
      expect(analysis.cells.filter((cell) => cell.diagonal)).toHaveLength(2);
    },
    patience,
  );

  it(
    'gives the same result digest when an agent is killed with SIGKILL in mid-job and started again',
    async () => {
      const victim = sites[0] as EnrolledSite;
      const run = await federation.startRun(protocol);
      const job = run.jobs.find((one) => one.siteName === victim.name)?.id ?? '';
      const before = await until('the journal to grow', async () => {
        const lines = await journalLines(victim, job);
        return lines >= 6 ? lines : undefined;
      });
      const agent = agents.get(victim.name) as Member;
      agent.child.kill('SIGKILL');
      await until('the agent to be dead', () => Promise.resolve(agent.child.signalCode ?? undefined));
      expect(before).toBeLessThan(72);
      agents.set(victim.name, federation.startAgent(victim));

      const done = await ended(run);
      expect(done.jobs.map((one) => one.state)).toEqual(['reported', 'reported', 'reported']);
      const reports = await reportsOf(done);
      expect(reports).toHaveLength(3);
      for (const report of reports) {
        const first = undisturbed.get(report.site) as StoredReport;
        expect(report.resultDigest).toBe(first.resultDigest);
        expect(report.payloadDigest).not.toBe(first.payloadDigest);
        const [now, then] = [await bundleOf(report), await bundleOf(first)];
        expect(now.report.result).toEqual(then.report.result);
        expect(now.report.header.job).not.toBe(then.report.header.job);
      }
    },
    patience,
  );

  it(
    'changes a site key in mid-job and the on-line key between two runs, with both runs verifiable afterwards',
    async () => {
      const site = sites[1] as EnrolledSite;
      const first = await federation.startRun(protocol);
      const job = first.jobs.find((one) => one.siteName === site.name)?.id ?? '';
      await until('the journal to grow', async () =>
        (await journalLines(site, job)) >= 6 ? true : undefined,
      );
      const rotate = ['key', 'rotate', '--data', site.dataDir, '--json'];
      const printed = await federation.processes.run('rotate', 'site-agent', rotate);
      const { keyId } = JSON.parse(printed) as { keyId: string };
      await ended(first);
      const reports = await reportsOf(first);
      expect(reports).toHaveLength(3);

      const body = { rotate: true, overlapHours: 1, validDays: null, revoke: [] };
      expect(await call(federation.connection, 'changeDelegation', { body })).toMatchObject({
        delegation: 2,
      });
      const second = await ended(await federation.startRun(protocol));
      const later = await reportsOf(second);
      expect(later).toHaveLength(3);
      for (const report of [...reports, ...later])
        expect(report.resultDigest).toBe(undisturbed.get(report.site)?.resultDigest);
      const byRotated = later.find((one) =>
        second.jobs.some((j) => j.id === one.job && j.siteName === site.name),
      );
      expect(byRotated?.siteKeyId).toBe(keyId);
      for (const { id } of [first, second]) {
        const bundle = await call(federation.connection, 'exportBundle', { params: { id } });
        const fingerprint = keyIdOf(Buffer.from(bundle.releasePublicKey, 'base64'));
        expect(verifyBundle(bundle, fingerprint).reports).toHaveLength(3);
        expect(bundle.delegations).toHaveLength(2);
      }
      expect(await verifyEveryReport(federation.connection, first)).toBe(3);
    },
    patience,
  );

  it(
    'keeps an audit chain that holds and an egress ledger at every site',
    async () => {
      expect(await call(federation.connection, 'verifyAudit')).toMatchObject({ firstBroken: null });
      for (const site of sites) {
        const printed = await federation.processes.run('egress', 'site-agent', [
          'egress',
          'verify',
          '--data',
          site.dataDir,
          '--json',
        ]);
        expect(JSON.parse(printed)).toMatchObject({ firstBroken: null });
      }
    },
    patience,
  );

  it('keeps patient ids, file names and pixels out of everything the coordinator stores', async () => {
    const runs = await call(federation.connection, 'listRuns');
    const bundles = await Promise.all((await Promise.all(runs.map(reportsOf))).flat().map(bundleOf));
    const audit = await call(federation.connection, 'listAudit', { query: { after: '0' } });
    const labels = await readFile(join(dir, 'films/alpha/labels.csv'), 'utf8');
    const [, first = ''] = labels.split('\n');
    const [path = '', , patient = ''] = first.split(',');
    const stored = JSON.stringify([bundles.map((b) => b.report), audit]);
    expect(path).toMatch(/images/);
    for (const secret of [path, patient, patient.toLowerCase()]) expect(stored).not.toContain(secret);
  });
});
