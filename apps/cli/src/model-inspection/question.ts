// A field of a proposed manifest that the file cannot fill: it holds the question in words, so the manifest is refused
// until a person has answered.

export interface Question {
  readonly '?': string;
}

export const ask = (words: string): Question => ({ '?': words });

/** Every open question of a draft, with the path where its answer goes. */
export function questionsOf(draft: unknown, path = ''): { path: string; question: string }[] {
  if (typeof draft !== 'object' || draft === null) return [];
  if ('?' in draft && typeof draft['?'] === 'string') return [{ path, question: draft['?'] }];
  return Object.entries(draft).flatMap(([key, value]) =>
    questionsOf(value, path === '' ? key : `${path}.${key}`),
  );
}
