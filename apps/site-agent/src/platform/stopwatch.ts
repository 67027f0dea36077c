// How long a film takes, by part, in the process that works on it. Times are told and never enter a result.
export type TimedPart = 'decode' | 'inference';

/** Seconds. */
export interface FilmTime {
  /** from bytes to the grey picture */
  readonly decode: number;
  /** in onnxruntime, all models and arms */
  readonly inference: number;
  readonly total: number;
}

const spent: Record<TimedPart, number> = { decode: 0, inference: 0 };

/** Adds the time of the work to its part, also when it fails. */
export async function timed<T>(part: TimedPart, work: () => Promise<T>): Promise<T> {
  const start = performance.now();
  try {
    return await work();
  } finally {
    spent[part] += performance.now() - start;
  }
}

/** The work of one film, and what it took. One film at a time. */
export async function timedFilm<T>(work: () => Promise<T>): Promise<{ answer: T; took: FilmTime }> {
  Object.assign(spent, { decode: 0, inference: 0 });
  const start = performance.now();
  const answer = await work();
  const total = performance.now() - start;
  return {
    answer,
    took: { decode: spent.decode / 1000, inference: spent.inference / 1000, total: total / 1000 },
  };
}
