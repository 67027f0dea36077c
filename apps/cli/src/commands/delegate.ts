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

/** Runs the app to its end and gives back what it printed. @throws Error with its complaints when it fails */
export async function outputOfApp(
  name: string,
  app: 'coordinator' | 'site-agent',
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<string> {
  const child = spawn(process.execPath, nodeArguments(app, args), {
    env: childEnvironment(env),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const out: Buffer[] = [];
  const err: Buffer[] = [];
  child.stdout.on('data', (chunk: Buffer) => out.push(chunk));
  child.stderr.on('data', (chunk: Buffer) => err.push(chunk));
  const code = await new Promise<number | null>((resolve) => child.once('close', resolve));
  if (code !== 0) throw new Error(`${name} ended with ${code}:\n${Buffer.concat(err).toString()}`);
  return Buffer.concat(out).toString();
}

/** A noun that another app carries out, with all its verbs and options. */
function addDelegate(
  parent: Command,
  name: string,
  description: string,
  app: 'coordinator' | 'site-agent',
  words: readonly string[],
): void {
  parent
    .command(name)
    .description(description)
    .argument('[args...]')
    .allowUnknownOption()
    .helpOption(false)
    .action((args: string[]) => runApp(app, [...words, ...args]));
}

/** Options of a verb of ours as another app takes them. */
export function optionArguments(options: Readonly<Record<string, string | boolean | undefined>>): string[] {
  return Object.entries(options).flatMap(([name, value]) => {
    if (value === undefined || value === false) return [];
    return value === true ? [`--${name}`] : [`--${name}`, value];
  });
}

export function registerDelegates(program: Command): void {
  for (const [noun, description] of [
    ['agent', 'The site agent: enrol, run, approve jobs'],
    ['dataset', 'Register and look at a site’s images and labels'],
    ['dicom', 'Look at one DICOM file as the agent reads it'],
    ['policy', 'The site’s own limits'],
    ['egress', 'What has left the site'],
    ['doctor', 'See whether a site can work, and what to do where it cannot'],
    ['harmonize', 'A site’s own films without their side markers, as derived DICOM or PNG'],
    ['receipt', 'Receipts carried by hand to a site without a link'],
  ] as const) {
    addDelegate(program, noun, description, 'site-agent', [noun]);
  }
}
