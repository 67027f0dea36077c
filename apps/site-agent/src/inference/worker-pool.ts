// N inference children at work on one list. Answers come in any order; who asked keeps the order by index.
import { DomainError } from '@sidemark/core/errors';
import { type ChildLimits, houseLimits, InferenceChild } from './inference-child.process.ts';
import type { FromWorker, ToWorker, WorkerStart } from './worker-messages.ts';

export interface PoolOptions {
  size: number;
  start: WorkerStart;
  limits?: Partial<ChildLimits>;
  signal?: AbortSignal;
}

/** A child that dies under a question is replaced and the question asked once more. */
const ATTEMPTS = 2;
const START_ATTEMPTS = 3;
/** So many losses without one answer between them are not the images' fault. */
const LOSSES_IN_A_ROW = 20;

export class WorkerPool {
  readonly #children = new Set<InferenceChild>();
  readonly #limits: ChildLimits;
  readonly #onAbort = (): void => this.#killAll();
  #lossesInARow = 0;
  #closed = false;

  constructor(private readonly options: PoolOptions) {
    this.#limits = { ...houseLimits, ...options.limits };
    options.signal?.addEventListener('abort', this.#onAbort, { once: true });
  }

  /** Process ids of the children alive. */
  get pids(): number[] {
    return [...this.#children].flatMap(({ pid }) => (pid === undefined ? [] : [pid]));
  }

  /**
   * Asks every question of the list, `size` at a time.
   * @param onAnswer undefined: the question cost two children their lives
   * @throws DomainError what a child refuses; `inference-failed` when children cannot be kept alive
   */
  async run<T extends ToWorker>(
    questions: Iterable<{ index: number; message: T }>,
    onAnswer: (index: number, answer: FromWorker | undefined) => void,
  ): Promise<void> {
    const queue = questions[Symbol.iterator]();
    let failure: Error | undefined;
    const lane = async (): Promise<void> => {
      let child: InferenceChild | undefined;
      for (let next = queue.next(); !next.done && failure === undefined; next = queue.next()) {
        const { index, message } = next.value;
        let answer: FromWorker | undefined;
        for (let attempt = 0; attempt < ATTEMPTS && !answer; attempt++) {
          child ??= await this.#start();
          answer = await child.ask(message);
          this.#count(answer);
          if (!answer) child = await this.#bury(child);
        }
        if (answer && 'refused' in answer) throw new DomainError(answer.refused.code, answer.refused.details);
        onAnswer(index, answer);
      }
      await child?.stop();
    };
    const guarded = (): Promise<void> => lane().catch((error: unknown) => void (failure ??= asError(error)));
    await Promise.all(Array.from({ length: this.options.size }, guarded));
    this.options.signal?.throwIfAborted();
    if (failure !== undefined) throw failure;
  }

  /** Ends every child; resolves when no process is left. */
  async close(): Promise<void> {
    this.#closed = true;
    this.options.signal?.removeEventListener('abort', this.#onAbort);
    await Promise.all([...this.#children].map((child) => child.stop()));
    this.#children.clear();
  }

  async #start(): Promise<InferenceChild> {
    for (let attempt = 0; attempt < START_ATTEMPTS; attempt++) {
      this.options.signal?.throwIfAborted();
      if (this.#closed) break;
      const child = await InferenceChild.start(this.options.start, this.#limits, (born) =>
        this.#children.add(born),
      );
      if (child) return child;
    }
    throw new DomainError('inference-failed', { reason: 'an inference process does not start' });
  }

  async #bury(child: InferenceChild): Promise<undefined> {
    child.kill();
    await child.stop();
    this.#children.delete(child);
    this.options.signal?.throwIfAborted();
  }

  #count(answer: FromWorker | undefined): void {
    this.#lossesInARow = answer ? 0 : this.#lossesInARow + 1;
    if (this.#lossesInARow < LOSSES_IN_A_ROW) return;
    throw new DomainError('inference-failed', { losses: this.#lossesInARow });
  }

  #killAll(): void {
    for (const child of this.#children) child.kill();
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('an inference process failed', { cause: thrown });
}
