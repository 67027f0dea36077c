// Presence and progress of one connection, summed: they carry no figures, so the ledger keeps kind, count and bytes.
import type { PresenceKind } from './ledger-entry.ts';

export interface Tally {
  readonly since: Date;
  readonly messages: readonly {
    readonly kind: PresenceKind;
    readonly count: number;
    readonly bytes: number;
  }[];
}

export class PresenceTally {
  readonly #sums = new Map<PresenceKind, { count: number; bytes: number }>();
  #since: Date | undefined;

  add(kind: PresenceKind, bytes: number, at: Date): void {
    this.#since ??= at;
    const sum = this.#sums.get(kind) ?? { count: 0, bytes: 0 };
    this.#sums.set(kind, { count: sum.count + 1, bytes: sum.bytes + bytes });
  }

  /** The sums so far, and a fresh start; undefined when nothing left. */
  take(): Tally | undefined {
    if (this.#since === undefined) return undefined;
    const tally = { since: this.#since, messages: [...this.#sums].map(([kind, sum]) => ({ kind, ...sum })) };
    this.#sums.clear();
    this.#since = undefined;
    return tally;
  }
}
