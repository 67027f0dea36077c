// Nouns that belong to another app are its own commands: the CLI starts that app and hands over the terminal.
import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import type { Command } from 'commander';
import { childEnvironment } from '../config.ts';

const tsx = import.meta.resolve('tsx');

/** Path of an app's main.ts. */
export function appMain(app: 'coordinator' | 'site-agent'): string {
  return fileURLToPath(new URL(`../../../${app}/src/main.ts`, import.meta.url));
}

/** Arguments for node that run an app's TypeScript as it is. */
export function nodeArguments(app: 'coordinator' | 'site-agent', args: readonly string[]): string[] {
  return ['--import', tsx, appMain(app), ...args];
}

/** Runs the app with our terminal, passes signals on, and takes over its exit code. */
export async function runApp(
  app: 'coordinator' | 'site-agent',
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<void> {
  const child = spawn(process.execPath, nodeArguments(app, args), {
    stdio: 'inherit',
    env: childEnvironment(env),
  });
  // a terminal sends Ctrl-C to both; waiting here lets the child end in its own time
  const wait = (signal: NodeJS.Signals): void => void (signal === 'SIGTERM' && child.kill(signal));
  process.on('SIGINT', wait).on('SIGTERM', wait);
  process.exitCode = await new Promise<number>((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code) => resolve(code ?? 1));
  });
}

export function registerDelegates(program: Command): void {
  for (const [noun, description] of [
    ['agent', 'The site agent: enrol, run, approve jobs'],
    ['dataset', 'Register and look at a site’s images and labels'],
    ['policy', 'The site’s own limits'],
    ['egress', 'What has left the site'],
  ] as const) {
    program
      .command(noun)
      .description(description)
      .argument('[args...]')
      .allowUnknownOption()
      .helpOption(false)
      .action((args: string[]) => runApp('site-agent', [noun, ...args]));
  }
}
