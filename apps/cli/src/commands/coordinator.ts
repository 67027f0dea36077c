// `sidemark coordinator start`: options become the environment that the coordinator's config.ts reads.
import { resolve } from 'node:path';
import type { Command } from 'commander';
import { action, addVerb } from '@sidemark/terminal';
import { runApp } from './delegate.ts';

interface StartOptions {
  readonly data?: string;
  readonly host?: string;
  readonly port?: string;
  readonly publicUrl?: string;
  readonly databaseUrl?: string;
  readonly tokenFile?: string;
}

function environment(options: StartOptions): Record<string, string> {
  const wanted = {
    SIDEMARK_DATA_DIR: options.data === undefined ? undefined : resolve(options.data),
    SIDEMARK_HOST: options.host,
    SIDEMARK_PORT: options.port,
    SIDEMARK_PUBLIC_URL: options.publicUrl,
    DATABASE_URL: options.databaseUrl,
    SIDEMARK_ADMIN_TOKEN_FILE: options.tokenFile,
  };
  return Object.fromEntries(
    Object.entries(wanted).filter((pair): pair is [string, string] => pair[1] !== undefined),
  );
}

export function registerCoordinator(program: Command): void {
  const coordinator = program.command('coordinator').description('The server of the trial office');
  addVerb(
    coordinator,
    'start',
    'Start the coordinator; without --database-url it brings its own PostgreSQL',
    'sidemark coordinator start --data /srv/sidemark --public-url https://trial.example.org',
  )
    .option('--data <dir>', 'data directory (SIDEMARK_DATA_DIR)')
    .option('--host <host>', 'address to listen on (SIDEMARK_HOST)')
    .option('--port <port>', 'port to listen on (SIDEMARK_PORT)')
    .option('--public-url <url>', 'address that sites dial, as written into kits (SIDEMARK_PUBLIC_URL)')
    .option('--database-url <url>', 'PostgreSQL server to use (DATABASE_URL)')
    .option(
      '--token-file <file>',
      'also write the first administrator token here (SIDEMARK_ADMIN_TOKEN_FILE)',
    )
    .action(action((_output, options: StartOptions) => runApp('coordinator', [], environment(options))));
}
