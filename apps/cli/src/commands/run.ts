import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Run } from '@sidemark/core/contract';
import { makeBars, table, type Bar, type Output } from '@sidemark/terminal';
import type { Connection } from '../config.ts';
import { call } from '../coordinator.client.ts';
import { analysisView } from '../views/analysis.view.ts';
import { qualificationView } from '../views/qualification.view.ts';
import { runView } from '../views/run.view.ts';
import { administratorVerb } from '../input/verb.ts';

const finished = new Set(['reported', 'refused', 'failed', 'cancelled']);

/** Shows the jobs of a run until every one has ended. */
export async function watchRun(
  connection: Connection,
  output: Output,
  id: string,
  everyMs = 500,
): Promise<Run> {
  const bars = makeBars(output);
  const bySite = new Map<string, Bar>();
  for (;;) {
    const run = await call(connection, 'showRun', { params: { id } });
    for (const job of run.jobs) {
      const total = job.progress?.imagesTotal ?? 0;
      const bar = bySite.get(job.id) ?? bars.add(job.siteName, total);
      bySite.set(job.id, bar);
      bar.total(Math.max(total, 1));
      const done = job.state === 'reported' ? Math.max(total, 1) : (job.progress?.imagesDone ?? 0);
      bar.update(done, job.code === null ? job.state : `${job.state}: ${job.code}`);
    }
    if (run.state !== 'open' || run.jobs.every((job) => finished.has(job.state))) {
      bars.stop();
      return run;
    }
    await sleep(everyMs);
  }
}

function registerChanges(run: Command): void {
  for (const [verb, route, description] of [
    ['cancel', 'cancelRun', 'Cancel a run'],
    ['close', 'closeRun', 'Close a run: it takes no more reports'],
  ] as const) {
    administratorVerb<object, [string]>(
      run,
      `${verb} <run>`,
      description,
      `sidemark run ${verb} RUN`,
      async ({ output, connection }, id) => {
        const changed = await call(connection, route, { params: { id } });
        output.result(changed, runView(changed));
      },
    );
  }
  administratorVerb<object, [string]>(
    run,
    'reopen <job>',
    'Offer a finished job again, so that it may report anew',
    'sidemark run reopen JOB',
    async ({ output, connection }, id) => {
      const job = await call(connection, 'reopenJob', { params: { id } });
      output.result(job, `job ${job.id} of ${job.siteName} is offered again`);
    },
  );
}

export function registerRun(program: Command): void {
  const run = program.command('run').description('One protocol version sent to the sites of a study');
  administratorVerb<object, [string]>(
    run,
    'start <protocol>',
    'Send a frozen protocol to the approved sites',
    'sidemark run start PROTOCOL',
    async ({ output, connection }, protocol) => {
      const started = await call(connection, 'startRun', { body: { protocol } });
      output.result(started, runView(started));
    },
  );
  administratorVerb<object, [string]>(
    run,
    'qualifications <run>',
    'What each site’s machine made of the phantoms of the run, judged',
    'sidemark run qualifications RUN',
    async ({ output, connection }, id) => {
      const judged = await call(connection, 'listQualifications', { params: { id } });
      output.result(judged, qualificationView(judged));
    },
  );
  administratorVerb(run, 'list', 'List runs', 'sidemark run list', async ({ output, connection }) => {
    const runs = await call(connection, 'listRuns');
    const rows = runs.map((r) => [
      r.id,
      r.state,
      r.createdAt,
      r.jobs.map((j) => `${j.siteName}: ${j.state}`).join('\n'),
    ]);
    output.result(runs, table(['run', 'state', 'started', 'jobs'], rows));
  });
  administratorVerb<object, [string]>(
    run,
    'show <run>',
    'One run with its jobs',
    'sidemark run show RUN',
    async ({ output, connection }, id) => {
      const shown = await call(connection, 'showRun', { params: { id } });
      output.result(shown, runView(shown));
    },
  );
  administratorVerb<object, [string]>(
    run,
    'watch <run>',
    'Follow a run until every job has ended',
    'sidemark run watch RUN',
    async ({ output, connection }, id) => {
      const ended = await watchRun(connection, output, id);
      output.result(ended, runView(ended));
    },
  );
  administratorVerb<object, [string]>(
    run,
    'analysis <run>',
    'The pooled result',
    'sidemark run analysis RUN',
    async ({ output, connection }, id) => {
      const analysis = await call(connection, 'analyseRun', { params: { id } });
      output.result(analysis, analysisView(analysis));
    },
  );
  registerChanges(run);
}
