// The details of a refusal, one line each, as the page shows them.
export function detailLines(details: Readonly<Record<string, unknown>>): string[] {
  const word = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));
  return Object.entries(details).flatMap(([key, value]) =>
    Array.isArray(value) ? value.map(word) : [`${key}: ${word(value)}`],
  );
}
