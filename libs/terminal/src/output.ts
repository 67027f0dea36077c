// How a command speaks: with --json one JSON document on standard output, else text for people. Errors go to
// standard error: the sentence with its remedy, the code, then the facts.
import { DomainError } from '@sidemark/core/errors';

export interface Output {
  readonly json: boolean;
  /** The result of the command: `text` for people, `value` for --json. */
  result(value: unknown, text: string): void;
  /** A line about what is going on; silent with --json. */
  note(line: string): void;
  error(error: unknown): void;
}

function describe(error: unknown): { code: string; message: string; details: Record<string, unknown> } {
  if (error instanceof DomainError)
    return { code: error.code, message: error.message, details: { ...error.details } };
  const message = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { code: 'unexpected', message, details: {} };
}

function detailLines(details: Record<string, unknown>): string[] {
  return Object.entries(details).flatMap(([key, value]) =>
    Array.isArray(value)
      ? [`  ${key}:`, ...value.map((v) => `    ${String(v)}`)]
      : [`  ${key}: ${String(value)}`],
  );
}

/** @param json print JSON for programs instead of text for people. */
export function makeOutput(json: boolean): Output {
  const out = (line: string): void => void process.stdout.write(`${line}\n`);
  const err = (line: string): void => void process.stderr.write(`${line}\n`);
  return {
    json,
    result: (value, text) => out(json ? JSON.stringify(value, null, 2) : text),
    note: (line) => {
      if (!json) out(line);
    },
    error: (error) => {
      const { code, message, details } = describe(error);
      if (json) err(JSON.stringify({ error: { code, message, details } }));
      else err([`${message}`, `  code: ${code}`, ...detailLines(details)].join('\n'));
    },
  };
}
