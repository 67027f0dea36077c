// `sidemark policy ...`: the site's own limits.
import { action, addVerb, type Output } from '@sidemark/terminal';
import type { Command } from 'commander';
import { PolicyStore } from '../policy/policy.store.ts';
import { openData, withData, type DataOption } from './data-option.ts';

export function registerPolicyCommands(program: Command): void {
  const policy = program.command('policy').description('What this site allows; only the site can change it');
  withData(addVerb(policy, 'show', 'The policy in force', 'sidemark policy show')).action(
    action((output, options: DataOption) => show(output, options)),
  );
  withData(addVerb(policy, 'init', 'Write a policy.yaml to edit', 'sidemark policy init')).action(
    action((output, options: DataOption) => init(output, options)),
  );
}

async function show(output: Output, options: DataOption): Promise<void> {
  const { directory } = await openData(options);
  const reading = await new PolicyStore(directory.policy).read();
  if (reading.source === 'invalid') throw reading.problem;
  const { source, policy } = reading;
  const lines = [
    source === 'file'
      ? directory.policy
      : 'There is no policy.yaml: every job waits for a person. Write one: sidemark policy init',
    `default       ${policy.default}`,
    ...Object.entries(policy.protocols).map(([digest, ruling]) => `${ruling.padEnd(13)} ${digest}`),
    `floor         ${policy.floors.minPatientsPerClass} patients in each class, or more where the protocol says so`,
    `oracles       ${policy.oracles}: a report that could tell of single patients`,
    `budget        ${policy.budget.reportsPerDataset} reports on any of the same patients`,
    `roles         ${policy.allowedRoles.join(', ')}`,
  ];
  output.result({ source, ...policy }, lines.join('\n'));
}

async function init(output: Output, options: DataOption): Promise<void> {
  const { directory } = await openData(options);
  await new PolicyStore(directory.policy).init();
  output.result(
    { file: directory.policy },
    `Wrote ${directory.policy}. Edit it; it is read anew for every job.`,
  );
}
