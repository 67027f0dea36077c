// The parts of the agent without its link, for commands that work on files: the same parts, wired the same way, and
// the same lock, so that no command and no running agent change one directory together.
import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import type { Output } from '@sidemark/terminal';
import { AppModule } from '../app.module.ts';
import { passphraseSource } from '../identity/passphrase.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import { takeLock } from '../platform/disk/agent-lock.ts';
import type { AgentWorld } from '../platform/agent-world.ts';
import { systemClock } from '../platform/clock.ts';
import { stderrLog } from '../platform/log.ts';
import { systemRandom } from '../platform/random.ts';
import { Retention } from '../retention/retention.service.ts';
import { describeAgent, type JobView } from './agent-status.ts';
import { makeNarrator } from './agent-narrator.ts';
import { openData, type DataOption } from './data-option.ts';

/** @throws DomainError `data-directory-in-use` while an agent runs, and what `work` throws */
export async function withOfflineAgent<T>(
  output: Output,
  options: DataOption,
  work: (agent: INestApplicationContext, world: AgentWorld) => Promise<T>,
): Promise<T> {
  const { config, directory } = await openData(options);
  const lock = await takeLock(directory.lock);
  const narrator = makeNarrator(output);
  try {
    const world: AgentWorld = {
      config,
      directory,
      clock: systemClock,
      random: systemRandom,
      log: stderrLog,
      // with --json the answer of the command is the one document
      narrator: output.json ? { tell: () => undefined } : narrator,
      passphrase: passphraseSource(config.passphraseFile),
    };
    const agent = await NestFactory.createApplicationContext(AppModule.with(world), {
      logger: false,
      abortOnError: false,
    });
    return await work(agent, world).finally(() => agent.close());
  } finally {
    narrator.stop();
    await lock.release();
  }
}

export interface OfflineRound {
  readonly jobs: readonly (JobView & { readonly next: string })[];
}

/** Works on every job that can be worked on without a link, and says of each what people must do next. */
export async function runOffline(
  agent: INestApplicationContext,
  { directory }: AgentWorld,
  signal: AbortSignal,
): Promise<OfflineRound> {
  const retention = agent.get(Retention);
  await retention.sweep();
  const waiting = await agent.get(JobsService).runOut(signal);
  await retention.sweep();
  const { jobs } = await describeAgent(directory);
  return { jobs: jobs.map((view) => ({ ...view, next: nextStep(view, waiting.get(view.job)) })) };
}

function nextStep({ job, state, report, reason }: JobView, left: unknown): string {
  if (left instanceof Error) return left.message;
  if (state === 'held') return `sidemark agent approve ${job}, then run again`;
  if (state === 'withheld') return `${reason?.message ?? ''} Then run again.`;
  if (report === 'waits') return `sidemark report export ${job} FILE`;
  return reason === null ? '' : `${reason.message} Then bring the job file again.`;
}
