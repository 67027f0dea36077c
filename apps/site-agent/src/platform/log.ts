// The local log: one JSON line per event on standard error. It stays at the site, and still names no patient.
export type LogFields = Readonly<Record<string, string | number | boolean | null>>;

export interface Log {
  info(event: string, fields?: LogFields): void;
  warn(event: string, fields?: LogFields): void;
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
