// `npm run demo` as a person uses it: to its own end with --once, and ended by Ctrl-C in the middle.
import { describe, expect, it } from '@jest/globals';
import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

const root = join(import.meta.dirname, '../..');
const demo = join(root, 'apps/cli/src/demo/main.ts');
const tsx = fileURLToPath(import.meta.resolve('tsx'));
const patience = 240_000;

interface Demo {
  readonly child: ChildProcess;
  text(): string;
  ended(): Promise<number | null>;
}

/** In a process group of its own, so that a signal to the group is what a terminal's Ctrl-C is. */
function start(...args: string[]): Demo {
  const child = spawn(process.execPath, ['--import', tsx, demo, ...args], {
    cwd: root,
    env: { ...process.env, NODE_OPTIONS: '' },
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const parts: string[] = [];
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => parts.push(part.toString()));
  const exit = new Promise<number | null>((resolve) => child.once('close', resolve));
  return { child, text: () => parts.join(''), ended: () => exit };
}

/** Command lines of this machine that belong to a demonstration's working folder or process group. */
function leftBehind(group: number): string[] {
  const lines = execFileSync('ps', ['-eo', 'pgid=,stat=,args='], { encoding: 'utf8' }).split('\n');
  // a zombie has ended; only its parent's look is missing
  return lines.filter((line) => line.trim().startsWith(`${group} `) && !/^\s*\d+\s+Z/.test(line));
}

async function until(what: string, holds: () => boolean): Promise<void> {
  const deadline = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > deadline) throw new Error(`waited in vain for ${what}`);
    await sleep(100);
  }
}

describe('npm run demo', () => {
  it(
    'goes from invitation to pooled table and ends by itself with --once',
    async () => {
      const run = start('--once');
      const code = await run.ended();
      const text = run.text();
      expect(text).toMatch(/six words, read over the telephone/);
      expect(text).toMatch(/API docs: http:\S+\/docs/);
      expect(text).toMatch(/\* binary-inpainted-vs-original .*[+-]0\.\d{3} \[/);
      expect(text).toMatch(/3 reports verified off-line/);
      expect(code).toBe(0);
      expect(leftBehind(run.child.pid ?? 0)).toEqual([]);
    },
    patience,
  );

  it(
    'ends cleanly on Ctrl-C while sites evaluate, and leaves no process behind',
    async () => {
      const run = start();
      await until('the evaluation', () => /: \d+\/60 running/.test(run.text()));
      process.kill(-(run.child.pid ?? 0), 'SIGINT');
      expect(await run.ended()).toBe(0);
      expect(leftBehind(run.child.pid ?? 0)).toEqual([]);
      expect(run.text()).not.toMatch(/code: unexpected/);
    },
    patience,
  );
});
