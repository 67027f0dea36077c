// Progress on long work: bars on a terminal, one plain line every few seconds elsewhere, nothing with --json.
import cliProgress from 'cli-progress';
import type { Output } from './output.ts';

export interface Bar {
  update(done: number, note?: string): void;
  total(total: number): void;
  stop(): void;
}

export interface Bars {
  add(label: string, total: number): Bar;
  stop(): void;
}

const quiet: Bar = { update: () => undefined, total: () => undefined, stop: () => undefined };

function plainBars(output: Output, everyMs: number, now: () => number): Bars {
  return {
    add(label, initialTotal) {
      let total = initialTotal;
      let last = { at: -Infinity, line: '' };
      return {
        update(done, note = '') {
          const line = `${label}: ${done}/${total} ${note}`.trimEnd();
          if (line === last.line || (now() - last.at < everyMs && done < total)) return;
          last = { at: now(), line };
          output.note(line);
        },
        total: (t) => void (total = t),
        stop: () => undefined,
      };
    },
    stop: () => undefined,
  };
}

function terminalBars(): Bars {
  const multi = new cliProgress.MultiBar(
    {
      format: '  {label} {bar} {value}/{total} {note}',
      hideCursor: true,
      clearOnComplete: false,
      emptyOnZero: true,
    },
    cliProgress.Presets.shades_classic,
  );
  return {
    add(label, total) {
      const bar = multi.create(total, 0, { label: label.padEnd(22), note: '' });
      return {
        update: (done, note = '') => bar.update(done, { note }),
        total: (t) => bar.setTotal(t),
        stop: () => bar.stop(),
      };
    },
    stop: () => multi.stop(),
  };
}

/** Bars that suit where the output goes. */
export function makeBars(output: Output, plainEveryMs = 2000, now: () => number = Date.now): Bars {
  if (output.json) return { add: () => quiet, stop: () => undefined };
  return process.stdout.isTTY ? terminalBars() : plainBars(output, plainEveryMs, now);
}
