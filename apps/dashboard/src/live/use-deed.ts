// Something that a person has the coordinator do: busy while it lasts, and in words what went wrong.
import { useEffect, useRef, useState } from 'react';
import { Failure } from '../api/client.ts';

export interface Deed {
  readonly busy: boolean;
  readonly failure: Failure | undefined;
  /** Does it, once at a time. */
  run(work: () => Promise<void>): void;
  forget(): void;
}

export function useDeed(): Deed {
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<Failure>();
  const isThere = useRef(true);
  useEffect(() => {
    isThere.current = true;
    return () => void (isThere.current = false);
  }, []);
  const run = (work: () => Promise<void>): void => {
    if (busy) return;
    setBusy(true);
    setFailure(undefined);
    work()
      .catch((error: unknown) => {
        if (isThere.current)
          setFailure(error instanceof Failure ? error : new Failure(String(error), 0, 'unknown'));
      })
      .finally(() => isThere.current && setBusy(false));
  };
  return { busy, failure, run, forget: () => setFailure(undefined) };
}
