// So many events a minute for each caller, counted in whole windows and forgotten with them.
import { isIP } from 'node:net';
import { DomainError } from '@sidemark/core/errors';

const windowMs = 60_000;

/**
 * Who calls, for counting: an IPv4 address, or the /64 of an IPv6 address, which is one subscriber's.
 * @param address of the socket or, through trusted proxies, of X-Forwarded-For; undefined: the connection is gone.
 */
export function callerOf(address: string | undefined): string {
  const plain = (address ?? 'unknown').replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '');
  if (isIP(plain) !== 6) return plain;
  const [head = '', tail = ''] = plain.split('::');
  const groups = (text: string): string[] => (text === '' ? [] : text.split(':'));
  const missing = plain.includes('::') ? 8 - groups(head).length - groups(tail).length : 0;
  const all = [...groups(head), ...Array<string>(Math.max(0, missing)).fill('0'), ...groups(tail)];
  return `${all.slice(0, 4).join(':')}::/64`.toLowerCase();
}

export class RateLimit {
  #counts = new Map<string, number>();
  #endsAt = 0;

  /** @param perMinute events that are allowed @param now milliseconds since 1970 */
  constructor(
    private readonly perMinute: number,
    private readonly now: () => number,
  ) {}

  /** Counts one event. @throws DomainError `rate-limited` for each beyond the limit. */
  take(caller: string): void {
    this.assertLeft(caller);
    this.count(caller);
  }

  count(caller: string): void {
    this.#turn();
    this.#counts.set(caller, (this.#counts.get(caller) ?? 0) + 1);
  }

  /** @throws DomainError `rate-limited` where the caller has used its window up. */
  assertLeft(caller: string): void {
    this.#turn();
    if ((this.#counts.get(caller) ?? 0) < this.perMinute) return;
    const retryAfterSeconds = Math.max(1, Math.ceil((this.#endsAt - this.now()) / 1000));
    throw new DomainError('rate-limited', { perMinute: this.perMinute, retryAfterSeconds });
  }

  #turn(): void {
    const now = this.now();
    // a clock that was set back starts a new window, too
    if (now < this.#endsAt && now >= this.#endsAt - windowMs) return;
    this.#counts.clear();
    this.#endsAt = now + windowMs;
  }
}
