// The local log: one JSON line per event on standard error. It stays at the site, and still names no patient.
import { isDomainError } from '@sidemark/core/errors';
import { systemCode } from './disk/durable-file.ts';

export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
}

/**
 * What may be said of any error: the code of a refusal or system call, or the kind of error. Never its message: it may
 * name a file of the site or quote what stands in one.
 */
export function causeOf(error: unknown): string {
  if (isDomainError(error)) return error.code;
  const code = systemCode(error);
  if (code !== undefined) return code;
  return error instanceof Error ? error.name : 'unknown';
}

/** Where an error came from: the frames of its stack, without its message. */
export function framesOf(error: unknown): string[] {
  const lines = error instanceof Error ? (error.stack ?? '').split('\n') : [];
  return lines.map((line) => line.trim()).filter((line) => line.startsWith('at '));
}

/** A log that writes lines to `sink`. */
export function makeLog(sink: (line: string) => void, now: () => Date): Log {
  const write = (level: string, event: string, fields: LogFields = {}): void =>
    sink(`${JSON.stringify({ at: now().toISOString(), level, event, ...fields })}\n`);
  return {
    info: (event, fields) => write('info', event, fields),
    warn: (event, fields) => write('warn', event, fields),
  };
}

export const stderrLog: Log = makeLog(
  (line) => void process.stderr.write(line),
  () => new Date(),
);

/** A log for tests and commands that have nothing to tell. */
export const silentLog: Log = { info: () => undefined, warn: () => undefined };
