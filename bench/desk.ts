// The process under test: a whole coordinator with an embedded PostgreSQL, which answers a bench's questions about
// itself over the channel of its fork. Its limits are those of `.env.example`.
import { DatabaseServer } from '../apps/coordinator/src/platform/database/database-server.ts';
import { Database } from '../apps/coordinator/src/platform/database/database.ts';
import { addSampleStudy } from '../apps/coordinator/src/models/site.sample.ts';
import { Presence } from '../apps/coordinator/src/channel/presence.ts';
import { ReportBench, signReport } from '../apps/coordinator/src/reports/report-bench.sample.ts';
import { signingKeyFromSeed } from '@sidemark/core/signing';
import { randomBytes, randomUUID } from 'node:crypto';
import { type RunningCoordinator, startCoordinator } from '../test/support/coordinator.ts';
import type { Answers, Question, Submission } from './coordinator.ts';

const limits = {
  SIDEMARK_ENROLMENTS_PER_MINUTE: '60',
  SIDEMARK_AUTH_FAILURES_PER_MINUTE: '30',
  SIDEMARK_LINK_OPENINGS_PER_MINUTE: '60',
};

let running: RunningCoordinator | undefined;

function coordinator(): RunningCoordinator {
  if (running === undefined) throw new Error('the coordinator is not open');
  return running;
}

const doors: { [A in keyof Answers]: (question: Extract<Question, { ask: A }>) => Promise<Answers[A]> } = {
  open: async ({ dataDir, port }) => {
    running = await startCoordinator({ dataDir, env: { ...limits, SIDEMARK_PORT: String(port) } });
    return { url: running.url };
  },
  sites: async ({ count }) => ({ seeds: await addSites(count) }),
  reports: async ({ runs }) => {
    const bench = await ReportBench.open();
    running = bench.coordinator;
    const submissions: Submission[] = [];
    for (let i = 0; i < runs; i += 1) {
      if (i > 0) await bench.newRun();
      for (const site of [bench.alpha, bench.beta]) {
        const body = JSON.stringify(signReport(bench.report(site), site.key));
        submissions.push({ token: site.token, body });
      }
    }
    return { url: running.url, databaseUrl: running.app.get(DatabaseServer).url, submissions };
  },
  usage: () => {
    globalThis.gc?.();
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed, external } = process.memoryUsage();
    const online = running?.app.get(Presence).count ?? 0;
    return Promise.resolve({
      rssBytes: rss,
      heapBytes: heapUsed + external,
      cpuMs: (user + system) / 1000,
      online,
    });
  },
  close: async () => {
    await coordinator().close();
    return {};
  },
};

/** Sites as if they had enrolled and been approved. @returns seeds of their keys, base64 */
async function addSites(count: number): Promise<string[]> {
  const { app } = coordinator();
  const study = await addSampleStudy(app, `bench-${randomUUID().slice(0, 8)}`);
  const createdAt = new Date();
  const made = Array.from({ length: count }, (_, i) => {
    const seed = randomBytes(32);
    const { keyId, publicKey } = signingKeyFromSeed(seed);
    return {
      id: randomUUID(),
      name: `site-${i}`,
      seed,
      keyId,
      publicKey: Buffer.from(publicKey).toString('base64'),
    };
  });
  await app.get(Database).transaction(async (tx) => {
    await tx.site.createMany({
      data: made.map(({ id, name }) => ({
        ...{ id, name, createdAt, studyId: study },
        ...{ role: 'external' as const, state: 'approved' as const },
      })),
    });
    await tx.key.createMany({
      data: made.map(({ id, keyId, publicKey }) => ({
        ...{ keyId, publicKey, siteId: id },
        ...{ role: 'site' as const, validFrom: new Date(0) },
      })),
    });
  });
  return made.map(({ seed }) => seed.toString('base64'));
}

process.on('message', (question: Question) => {
  const answer = doors[question.ask] as (question: Question) => Promise<object>;
  answer(question).then(
    (answered) => process.send?.({ answered }),
    (error: unknown) =>
      process.send?.({ failed: error instanceof Error ? (error.stack ?? '') : String(error) }),
  );
});
