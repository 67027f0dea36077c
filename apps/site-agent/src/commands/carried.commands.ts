// `sidemark job import`, `report export`, `receipt import`: the files that people carry to and from a site.
import { CarriedReceipt, Id, Sha256 } from '@sidemark/core/contract';
import { action, addVerb, usageError, type Output } from '@sidemark/terminal';
import type { Command } from 'commander';
import { readCarried } from '../carried/carried-file.ts';
import { carryReportOut } from '../carried/carry-out.ts';
import { importJob } from '../carried/job-import.ts';
import { EgressGate } from '../egress/gate.ts';
import { Site } from '../identity/site.ts';
import { JobIntake } from '../jobs/intake/job-intake.ts';
import { JobsService } from '../jobs/jobs.service.ts';
import { JobsStore } from '../jobs/jobs.store.ts';
import { ModelStore } from '../models/model.store.ts';
import { OutboxService } from '../outbox/outbox.service.ts';
import { OutboxStore } from '../outbox/outbox.store.ts';
import { PolicyStore } from '../policy/policy.store.ts';
import { rulingOver } from '../policy/ruling.ts';
import { PackRoom } from '../qualification/pack.room.ts';
import { Retention } from '../retention/retention.service.ts';
import { withData, type DataOption } from './data-option.ts';
import { withOfflineAgent } from './offline-agent.ts';

interface ImportOptions extends DataOption {
  readonly digest?: string;
}

export function registerCarriedCommands(program: Command): void {
  const noun = (name: string, description: string): Command => program.command(name).description(description);
  withData(
    addVerb(
      noun('job', 'Jobs carried by hand'),
      'import <file>',
      'Take a carried job in: checked as if it had come over the link',
      'sidemark job import north.job',
    ).option('--digest <hex>', 'SHA-256 of the file, as the trial office read it to you'),
  ).action(action((output, file: string, options: ImportOptions) => importOne(output, file, options)));
  withData(
    addVerb(
      noun('report', 'Reports carried by hand'),
      'export <job> <file>',
      'Write the signed report of a job to a file; the egress ledger gets a row',
      'sidemark report export 0b9f4a52-… north.report',
    ).option('--answers', 'the answers to the pack of phantoms instead: the trial office needs both'),
  ).action(
    action((output, job: string, file: string, options: DataOption & { answers?: boolean }) =>
      exportReport(output, job, file, options),
    ),
  );
  withData(
    addVerb(
      noun('receipt', 'Receipts carried by hand'),
      'import <file>',
      'Take the receipt of a carried report in: the report has arrived',
      'sidemark receipt import north.receipt',
    ),
  ).action(action((output, file: string, options: DataOption) => importReceipt(output, file, options)));
}

async function importOne(output: Output, path: string, options: ImportOptions): Promise<void> {
  if (options.digest !== undefined && !Sha256.safeParse(options.digest).success)
    throw usageError('--digest is 64 hex digits in lower case');
  await withOfflineAgent(output, options, async (agent, { clock, directory }) => {
    const [site, intake, jobs] = [agent.get(Site), agent.get(JobIntake), agent.get(JobsStore)];
    const [models, packs] = [agent.get(ModelStore), agent.get(PackRoom)];
    const taken = await importJob(path, options.digest, { site, intake, jobs, models, packs, clock });
    const { job, protocolDigest, expiresAt } = taken.offer;
    const { state, attempt } = await jobs.get(job);
    const { policy } = await new PolicyStore(directory.policy).read();
    const ruling = rulingOver(policy, protocolDigest);
    const { sha256, sizeBytes } = taken;
    const open = state === 'offered' || state === 'held';
    const approval = ruling === 'hold' ? [`look at it and let it run: sidemark agent approve ${job}`] : [];
    const steps = open ? [...approval, `before ${expiresAt}: sidemark agent run --offline`] : [];
    output.result(
      { job, state, attempt, protocolDigest, ruling, expiresAt, sha256, sizeBytes },
      [`job ${job} is here (${state}); the policy says ${ruling}`, `SHA-256 ${sha256}`, ...steps].join('\n'),
    );
  });
}

async function exportReport(
  output: Output,
  job: string,
  file: string,
  options: DataOption & { answers?: boolean },
): Promise<void> {
  if (!Id.safeParse(job).success) throw usageError('JOB is an id of `sidemark agent jobs`');
  await withOfflineAgent(output, options, async (agent) => {
    const [outbox, gate, jobs] = [agent.get(OutboxStore), agent.get(EgressGate), agent.get(JobsStore)];
    const { sequence, payloadDigest } = await carryReportOut(
      job,
      file,
      { outbox, gate, jobs },
      options.answers ? 'qualification' : 'report',
    );
    output.result(
      { job, file, sequence, payloadDigest },
      `report ${sequence} of job ${job} written to ${file}; what is in it: sidemark egress log\n` +
        `Carry it to the trial office: sidemark report import ${file} --receipt RECEIPT`,
    );
  });
}

async function importReceipt(output: Output, path: string, options: DataOption): Promise<void> {
  const carried = await readCarried(path, CarriedReceipt);
  await withOfflineAgent(output, options, async (agent) => {
    const { job, sequence, payloadDigest } = await agent
      .get(OutboxService)
      .takeReceipt(carried, agent.get(JobsService));
    await agent.get(Retention).sweep();
    output.result(
      { job, sequence, payloadDigest, state: 'reported' },
      `report ${sequence} of job ${job} was received by the trial office; its receipt is kept`,
    );
  });
}
