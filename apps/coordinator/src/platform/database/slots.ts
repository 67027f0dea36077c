// Work on few connections, in the order it came. The pool has a deadline for waiting and calls it "cannot connect";
// here waiting in a crowd is no outage.
import { AsyncLocalStorage } from 'node:async_hooks';

export class Slots {
  #free: number;
  readonly #waiting: (() => void)[] = [];
  readonly #inside = new AsyncLocalStorage<true>();

  /** @param count pieces of work at the same time */
  constructor(private readonly count: number) {
    this.#free = count;
  }

  /** How many slots are taken and free, and how much work waits for one. */
  get load(): Readonly<Record<'busy' | 'free' | 'waiting', number>> {
    return { busy: this.count - this.#free, free: this.#free, waiting: this.#waiting.length };
  }

  /** Runs the work when its turn has come. Work within work has its turn already: it cannot wait for itself. */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#inside.getStore() === true) return work();
    if (this.#free > 0) this.#free -= 1;
    else await new Promise<void>((turn) => this.#waiting.push(turn));
    try {
      return await this.#inside.run(true, work);
    } finally {
      const next = this.#waiting.shift();
      if (next === undefined) this.#free += 1;
      else next();
    }
  }
}
