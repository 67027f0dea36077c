// A pause that can be cut short: loops sleep on their bell, whoever has news rings it. A ring between two waits is
// kept, so no news is slept through.
import type { Clock } from './clock.ts';

export class Bell {
  readonly #clock: Clock;
  #rung = false;
  #waiting: AbortController | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  ring(): void {
    if (this.#waiting === undefined) this.#rung = true;
    else this.#waiting.abort();
  }

  /** Resolves after `ms`, at the next ring, or when the signal is given. One waiter at a time. */
  async wait(ms: number, signal: AbortSignal): Promise<void> {
    if (this.#rung || signal.aborted) {
      this.#rung = false;
      return;
    }
    const waiting = new AbortController();
    const stop = (): void => waiting.abort();
    signal.addEventListener('abort', stop, { once: true });
    this.#waiting = waiting;
    await this.#clock.sleep(ms, waiting.signal);
    this.#waiting = undefined;
    signal.removeEventListener('abort', stop);
  }
}
