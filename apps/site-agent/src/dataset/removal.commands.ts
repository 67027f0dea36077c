// `sidemark dataset remove`: takes a study's dataset off this machine, after showing what that means.
import { Id } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { action, addVerb, table, usageError, type Output } from '@sidemark/terminal';
import type { Command } from 'commander';
import { openData, withData, type DataOption } from '../commands/data-option.ts';
import { JobRegister } from '../jobs/job-register.ts';
import { JobsStore } from '../jobs/jobs.store.ts';
import { takeLock } from '../platform/disk/agent-lock.ts';
import { systemClock } from '../platform/clock.ts';
import { stderrLog } from '../platform/log.ts';
import { silentNarrator } from '../platform/narrator.ts';
import { planRemoval, removeDataset, type RemovalPlan } from '../retention/remove-dataset.ts';

interface RemoveOptions extends DataOption {
  readonly yes?: boolean;
}

const kept =
  'What stays: the egress ledger and its budget, receipts, job records. They prove what left and hold no patient or ' +
  'image.\nThe images and labels themselves are yours and are not touched. A deleted file may still be on the disk ' +
  'underneath: only disk encryption helps there.';

export function registerRemoval(dataset: Command): void {
  withData(
    addVerb(
      dataset,
      'remove <study>',
      'Take a registered dataset off this machine: registration, journals, open jobs',
      'sidemark dataset remove 5f0c6c1e-… --yes',
    ).option('--yes', 'do it; without this, only show what would go'),
  ).action(action((output, study: string, options: RemoveOptions) => remove(output, study, options)));
}

async function remove(output: Output, study: string, options: RemoveOptions): Promise<void> {
  if (!Id.safeParse(study).success) throw usageError('STUDY is the id that the trial office gave you');
  const { directory } = await openData(options);
  const lock = await takeLock(directory.lock);
  try {
    const register = new JobRegister(new JobsStore(directory), systemClock, silentNarrator, stderrLog);
    const plan = await planRemoval(directory, study, register);
    if (options.yes !== true) {
      output.note(planText(plan, 'to go'));
      throw new DomainError('usage', { reason: 'nothing was deleted: say --yes to delete this' });
    }
    await removeDataset(plan, register);
    const removed = countsOf(plan);
    output.result(
      { study, removed, endedJobs: plan.openJobs.map(({ job }) => job) },
      planText(plan, 'deleted'),
    );
  } finally {
    await lock.release();
  }
}

function countsOf({ things }: RemovalPlan): { what: string; files: number; bytes: number }[] {
  return (['registration', 'journal', 'check'] as const).map((what) => {
    const these = things.filter((thing) => thing.what === what);
    return { what, files: these.length, bytes: these.reduce((sum, { bytes }) => sum + bytes, 0) };
  });
}

function planText(plan: RemovalPlan, header: string): string {
  const rows = countsOf(plan).map(({ what, files, bytes }) => [what, `${files}`, `${bytes}`]);
  const jobs = plan.openJobs.map(({ job, state }) => `job ${job} (${state}) ends: dataset-not-found`);
  return [table([header, 'files', 'bytes'], rows, ['left', 'right', 'right']), ...jobs, kept].join('\n');
}
