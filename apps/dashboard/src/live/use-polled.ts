// An answer of the coordinator that is asked for again and again while the page is seen.
import { useEffect, useState } from 'react';
import { Failure } from '../api/client.ts';

export interface Polled<T> {
  /** the latest that came; kept while the coordinator is away */
  readonly value: T | undefined;
  /** of the latest attempt */
  readonly failure: Failure | undefined;
}

const asFailure = (error: unknown): Failure =>
  error instanceof Failure ? error : new Failure(String(error), 0, 'unknown');

/**
 * @param load is called at once, then `everyMs` after each answer; a change of `key` starts anew.
 * @param everyMs null: once, and again only after a failure
 * @param version a change asks again, and keeps what is seen until the answer is there
 */
export function usePolled<T>(
  key: string,
  load: (signal: AbortSignal) => Promise<T>,
  everyMs: number | null,
  version = '',
): Polled<T> {
  const [seen, setSeen] = useState<{ key: string } & Polled<T>>({
    key,
    value: undefined,
    failure: undefined,
  });
  useEffect(() => {
    const stop = new AbortController();
    let timer: ReturnType<typeof setTimeout> | undefined;
    const again = (ms: number): void => {
      timer = setTimeout(() => void turn(), ms);
    };
    const turn = async (): Promise<void> => {
      if (document.hidden) return again(1000);
      try {
        const value = await load(stop.signal);
        setSeen({ key, value, failure: undefined });
        if (everyMs !== null) again(everyMs);
      } catch (error) {
        if (stop.signal.aborted) return;
        const failure = asFailure(error);
        setSeen((before) => ({ key, value: before.key === key ? before.value : undefined, failure }));
        if (failure.status === 0 || failure.status >= 500 || failure.status === 429) again(everyMs ?? 3000);
      }
    };
    void turn();
    return () => {
      stop.abort();
      clearTimeout(timer);
    };
    // load is made anew by every render: key and version say what it loads
  }, [key, everyMs, version]);
  return seen.key === key ? seen : { value: undefined, failure: undefined };
}
