// One inference child, held from outside: forked, asked, timed, weighed, killed.
import { type ChildProcess, fork } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { DomainError } from '@sidemark/core/errors';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts';

export interface ChildLimits {
  /** to load code and models */
  startMs: number;
  /** to answer one question; silence beyond it is death */
  answerMs: number;
  /** resident bytes; measured on Linux only */
  memoryBytes: number;
}

export const houseLimits: ChildLimits = { startMs: 120_000, answerMs: 120_000, memoryBytes: 6 * 2 ** 30 };

const WEIGH_EVERY_MS = 250;
const PAGE_BYTES = 4096;
const FAREWELL_MS = 2000;
const entry = fileURLToPath(new URL('./worker.ts', import.meta.url));
const typescript = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;

export class InferenceChild {
  readonly #process: ChildProcess;
  readonly #gone: Promise<undefined>;

  private constructor(private readonly limits: ChildLimits) {
    this.#process = fork(entry, [], {
      execPath: process.execPath,
      execArgv: ['--import', typescript],
      env: {},
      // onnxruntime reads a model's external data from here and below: nothing of the site is
      cwd: dirname(entry),
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    this.#gone = new Promise((resolve) => {
      this.#process.once('exit', () => resolve(undefined));
      // could not be started, or a message could not be delivered
      this.#process.on('error', () => (this.#process.pid === undefined ? resolve(undefined) : this.kill()));
    });
  }

  /**
   * Starts a child and waits until it is ready.
   * @returns undefined when it died or stayed silent on the way
   * @throws DomainError when it refuses its plan, for example `model-unloadable`
   */
  static async start(
    start: WorkerStart,
    limits: ChildLimits,
    born: (child: InferenceChild) => void,
  ): Promise<InferenceChild | undefined> {
    const child = new InferenceChild(limits);
    born(child);
    const reply = await child.#exchange({ start }, limits.startMs);
    if (reply && 'refused' in reply) {
      await child.stop();
      throw new DomainError(reply.refused.code, reply.refused.details);
    }
    return reply && child;
  }

  get pid(): number | undefined {
    return this.#process.pid;
  }

  /** One question, one answer; undefined when the child died, was too slow or grew too large. It is gone then. */
  async ask(message: ToWorker): Promise<FromWorker | undefined> {
    return this.#exchange(message, this.limits.answerMs);
  }

  kill(): void {
    this.#process.kill('SIGKILL');
  }

  /** Lets the child go, by force after two seconds. Resolves when the process is no more. */
  async stop(): Promise<void> {
    if (this.#process.connected) this.#process.disconnect();
    const patience = setTimeout(() => this.kill(), FAREWELL_MS);
    await this.#gone;
    clearTimeout(patience);
  }

  async #exchange(message: ToWorker, limitMs: number): Promise<FromWorker | undefined> {
    const patience = setTimeout(() => this.kill(), limitMs);
    const scales = setInterval(() => {
      if (residentBytes(this.pid) > this.limits.memoryBytes) this.kill();
    }, WEIGH_EVERY_MS);
    let heard: (reply: FromWorker) => void = () => undefined;
    const reply = new Promise<FromWorker>((resolve) => {
      heard = resolve;
      this.#process.once('message', heard as (reply: unknown) => void);
    });
    if (this.#process.connected) this.#process.send(message, (error) => void (error && this.kill()));
    try {
      return await Promise.race([reply, this.#gone]);
    } finally {
      this.#process.off('message', heard as (reply: unknown) => void);
      clearTimeout(patience);
      clearInterval(scales);
    }
  }
}

function residentBytes(pid: number | undefined): number {
  if (process.platform !== 'linux' || pid === undefined) return 0;
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES;
  } catch {
    return 0;
  }
}
