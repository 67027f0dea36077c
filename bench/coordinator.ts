// A coordinator in a process of its own, as a bench holds it from outside.
import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

export interface Submission {
  /** session of the site */
  readonly token: string;
  /** a signed report that nobody has sent yet */
  readonly body: string;
}

export interface Answers {
  open: { readonly url: string };
  sites: { readonly seeds: readonly string[] };
  reports: {
    readonly url: string;
    readonly databaseUrl: string;
    readonly submissions: readonly Submission[];
  };
  /** after a garbage collection; `online`: sites with a proved link */
  usage: {
    readonly rssBytes: number;
    readonly heapBytes: number;
    readonly cpuMs: number;
    readonly online: number;
  };
  close: object;
}

export type Question =
  | { readonly ask: 'open'; readonly dataDir: string; readonly port: number }
  | { readonly ask: 'sites'; readonly count: number }
  | { readonly ask: 'reports'; readonly runs: number }
  | { readonly ask: 'usage' }
  | { readonly ask: 'close' };

export class BenchCoordinator {
  private constructor(private readonly child: ChildProcess) {}

  static start(): BenchCoordinator {
    const execArgv = ['--import', 'tsx', '--expose-gc'];
    return new BenchCoordinator(fork(join(import.meta.dirname, 'desk.ts'), [], { execArgv }));
  }

  /** One question at a time. */
  async ask<A extends keyof Answers>(question: Extract<Question, { ask: A }>): Promise<Answers[A]> {
    const heard = once(this.child, 'message') as Promise<[{ answered?: Answers[A]; failed?: string }]>;
    this.child.send(question);
    const [{ answered, failed }] = await heard;
    if (answered === undefined) throw new Error(`the coordinator of the bench: ${failed}`);
    return answered;
  }

  async kill(): Promise<void> {
    const gone = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await gone;
  }

  async close(): Promise<void> {
    await this.ask({ ask: 'close' });
    await this.kill();
  }
}
