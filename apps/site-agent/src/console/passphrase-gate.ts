// Asks for the passphrase of the site key once more, so that a browser left open is not a person. One attempt at a time,
// and a pause after several wrong ones.
import { DomainError, isDomainError } from '@sidemark/core/errors';
import { findKey, findKeyFace } from '../identity/key.store.ts';
import type { Clock } from '../platform/clock.ts';
import type { DataDirectory } from '../platform/disk/data-directory.ts';

const mostWrong = 5;
const pauseMs = 60_000;

export class PassphraseGate {
  #wrong = 0;
  #closedUntil = 0;
  #queue: Promise<unknown> = Promise.resolve();

  constructor(
    private readonly directory: DataDirectory,
    private readonly clock: Clock,
  ) {}

  /**
   * @throws DomainError `console-key-unlocked` where there is no passphrase to ask for, `passphrase-wrong`, `rate-limited`
   */
  require(passphrase: string | undefined): Promise<void> {
    const checked = this.#queue.then(() => this.#check(passphrase ?? ''));
    this.#queue = checked.catch(() => undefined);
    return checked;
  }

  async #check(passphrase: string): Promise<void> {
    const face = await findKeyFace(this.directory.siteKey);
    if (face?.locked !== true) throw new DomainError('console-key-unlocked');
    const waitMs = this.#closedUntil - this.clock.now().getTime();
    if (waitMs > 0) throw new DomainError('rate-limited', { retryAfterSeconds: Math.ceil(waitMs / 1000) });
    try {
      await findKey(this.directory.siteKey, () => Promise.resolve(passphrase));
      this.#wrong = 0;
    } catch (error) {
      if (isDomainError(error, 'passphrase-wrong') && (this.#wrong += 1) >= mostWrong) {
        this.#wrong = 0;
        this.#closedUntil = this.clock.now().getTime() + pauseMs;
      }
      throw error;
    }
  }
}
