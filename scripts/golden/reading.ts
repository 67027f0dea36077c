// Reading golden JSON without trusting it: every access says what it expected and what it found.

export type Fields = Readonly<Record<string, unknown>>;

export function fields(value: unknown, name: string): Fields {
  if (!isFields(value)) throw new TypeError(`${name} must be an object: ${JSON.stringify(value)}`);
  return value;
}

export function list(value: unknown, name: string): readonly unknown[] {
  if (!Array.isArray(value)) throw new TypeError(`${name} must be a list: ${JSON.stringify(value)}`);
  return value;
}

export function numbers(value: unknown, name: string): number[] {
  return list(value, name).map((item) => number(item, name));
}

export function table(value: unknown, name: string): number[][] {
  return list(value, name).map((line) => numbers(line, name));
}

/** A golden number: null is undefined (NaN here), the strings NaN and +-Infinity are those IEEE values. */
export function number(value: unknown, name: string): number {
  if (value === null) return NaN;
  if (typeof value === 'number') return value;
  if (value === 'NaN' || value === 'Infinity' || value === '-Infinity') return Number(value);
  throw new TypeError(`${name} must be a number, null, "NaN" or "+-Infinity": ${JSON.stringify(value)}`);
}

export function text(value: unknown, name: string): string {
  if (typeof value !== 'string') throw new TypeError(`${name} must be text: ${JSON.stringify(value)}`);
  return value;
}

function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
