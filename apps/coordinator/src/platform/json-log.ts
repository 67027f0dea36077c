// The log of the coordinator: one JSON line per event on standard error, for Nest and for us.
import type { LoggerService } from '@nestjs/common';

export type LogFields = Readonly<Record<string, unknown>>;

/** What Nest calls at levels below a warning is left out: it tells of starting up, line by line. */
export class JsonLog implements LoggerService {
  constructor(
    private readonly sink: (line: string) => void = (line) => void process.stderr.write(line),
    private readonly now: () => Date = () => new Date(),
  ) {}

  log(): void {
    return undefined;
  }

  /** @param message a text, or the fields of the event @param rest as Nest gives it: the context comes last */
  error(message: unknown, ...rest: unknown[]): void {
    this.write('error', message, rest);
  }

  warn(message: unknown, ...rest: unknown[]): void {
    this.write('warn', message, rest);
  }

  private write(level: 'error' | 'warn', message: unknown, rest: readonly unknown[]): void {
    const context = rest.at(-1);
    const fields: LogFields = isFields(message) ? message : { event: 'message', message: String(message) };
    const line = {
      ...{ at: this.now().toISOString(), level },
      ...(typeof context === 'string' ? { context } : {}),
      ...fields,
    };
    this.sink(`${JSON.stringify(line)}\n`);
  }
}

const isFields = (message: unknown): message is LogFields =>
  typeof message === 'object' && message !== null && !(message instanceof Error);

/**
 * What may be said of an error that nobody expected: its kind, its code, where it came from. Never its message: it may
 * quote what somebody sent.
 */
export function errorFields(error: unknown): LogFields {
  if (!(error instanceof Error)) return { cause: typeof error };
  const code: unknown = 'code' in error ? error.code : undefined;
  const frames = (error.stack ?? '').split('\n').map((line) => line.trim());
  return {
    cause: error.name,
    ...(typeof code === 'string' ? { code } : {}),
    frames: frames.filter((line) => line.startsWith('at ')).slice(0, 12),
  };
}
