// The child processes of a demonstration: started together, ended together, none left behind.
import { spawn, type ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import { childEnvironment } from '../config.ts';
import { nodeArguments, outputOfApp } from '../commands/delegate.ts';

export interface Member {
  readonly name: string;
  readonly child: ChildProcess;
  /** standard output and error, line by line */
  readonly lines: string[];
  /** resolves with the first line that fits; rejects when the process ends before */
  waitFor(pattern: RegExp): Promise<RegExpMatchArray>;
}

const graceMs = 15_000;

function watchLines(child: ChildProcess, lines: string[], onLine: (line: string) => void): void {
  for (const stream of [child.stdout, child.stderr]) {
    if (stream === null) continue;
    createInterface({ input: stream }).on('line', (line) => {
      lines.push(line);
      onLine(line);
    });
  }
}

function waiting(name: string, child: ChildProcess, lines: string[]): Member {
  const listeners = new Set<(line: string) => void>();
  watchLines(child, lines, (line) => listeners.forEach((listen) => listen(line)));
  return {
    name,
    child,
    lines,
    waitFor: (pattern) =>
      new Promise((resolve, reject) => {
        const listen = (line: string): void => {
          const match = line.match(pattern);
          if (!match) return;
          listeners.delete(listen);
          resolve(match);
        };
        listeners.add(listen);
        lines.forEach(listen);
        child.once('exit', (code) =>
          reject(new Error(`${name} ended with ${code}:\n${lines.slice(-20).join('\n')}`)),
        );
      }),
  };
}

function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  return new Promise((resolve) => child.once('exit', () => resolve()));
}

async function end(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), graceMs);
  await ended(child);
  clearTimeout(timer);
}

export class ProcessGroup {
  readonly #members: Member[] = [];

  start(
    name: string,
    app: 'coordinator' | 'site-agent',
    args: readonly string[],
    env: Record<string, string>,
  ): Member {
    const child = spawn(process.execPath, nodeArguments(app, args), {
      env: childEnvironment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const member = waiting(name, child, []);
    this.#members.push(member);
    return member;
  }

  /** Runs a command to its end and gives back what it printed. Rejects when it fails. */
  run(
    name: string,
    app: 'coordinator' | 'site-agent',
    args: readonly string[],
    env: Record<string, string> = {},
  ): Promise<string> {
    return outputOfApp(name, app, args, env);
  }

  /** Ends every process: agents first, so that they can say goodbye. */
  async end(): Promise<void> {
    const agents = this.#members.filter((m) => m.name !== 'coordinator');
    await Promise.all(agents.map((m) => end(m.child)));
    await Promise.all(this.#members.map((m) => end(m.child)));
  }
}
