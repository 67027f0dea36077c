// `sidemark job export|import`: a job out of the trial office and into a site, in a file.
import type { Command } from 'commander';
import { action, addVerb, usageError } from '@sidemark/terminal';
import { writeJobFile } from '../carried/job-file.writer.ts';
import { bytes, call } from '../coordinator.client.ts';
import { administratorVerb } from '../input/verb.ts';
import { optionArguments, runApp } from './delegate.ts';

export function registerJob(program: Command): void {
  const job = program.command('job').description('Jobs carried by hand to a site without a link');
  administratorVerb<{ days: string }, [string, string]>(
    job,
    'export <job> <file>',
    'Write a job with its protocol and models for a site without a link (trial office)',
    'sidemark job export JOB north.job --days 14',
    async ({ output, connection, options }, id, file) => {
      const validDays = Number(options.days);
      if (!Number.isInteger(validDays) || validDays < 1 || validDays > 90)
        throw usageError('--days is a whole number from 1 to 90');
      const exported = await call(connection, 'exportJob', { params: { id }, body: { validDays } });
      const { sha256, sizeBytes } = await writeJobFile(file, exported.carried, (blob, of) =>
        bytes(connection, of === 'pack' ? 'packBytes' : 'modelBytes', { params: { sha256: blob } }),
      );
      const { siteName, expiresAt } = exported;
      output.result(
        { job: id, siteName, file, sizeBytes, sha256, expiresAt },
        `job of ${siteName} written to ${file} (${sizeBytes} bytes); its offer holds until ${expiresAt}\n` +
          `SHA-256 ${sha256}\n` +
          `Carry it to the hospital; its IT runs: sidemark job import ${file}`,
      );
    },
  ).option('--days <n>', 'days until the offer ends, 1 to 90', '14');
  registerImport(job);
}

interface ImportOptions {
  readonly digest?: string;
  readonly data?: string;
  readonly json?: boolean;
}

function registerImport(job: Command): void {
  addVerb(
    job,
    'import <file>',
    'Take a carried job in: checked as if it had come over the link (hospital)',
    'sidemark job import north.job --digest 5f3c...',
  )
    .option('--digest <hex>', 'SHA-256 of the file, as the trial office read it to you')
    .option('--data <dir>', 'data directory of the agent (SIDEMARK_AGENT_DATA, .data/site-agent)')
    .action(
      action((_output, file: string, { digest, data, json }: ImportOptions) =>
        runApp('site-agent', ['job', 'import', file, ...optionArguments({ digest, data, json })]),
      ),
    );
}
