// Times contestants in turns, so that whatever else the machine does meets all of them alike.
import { cpuUsage } from 'node:process';

/** One thing to time; `reference` names the contestant that its CPU time is divided by. */
export interface Contestant {
  name: string;
  reference?: string;
  run: () => unknown;
}

interface Timing {
  wallMs: number;
  /** user and system, all threads of this process */
  cpuMs: number;
}

/** Warms up, runs every contestant once a round, and prints one line for each: medians over the rounds. */
export async function race(title: string, rounds: number, contestants: readonly Contestant[]): Promise<void> {
  const timings = new Map(contestants.map(({ name }): [string, Timing[]] => [name, []]));
  for (let round = -WARM_UP; round < rounds; round++) {
    for (const { name, run } of contestants) {
      const timing = await time(run);
      if (round >= 0) timings.get(name)!.push(timing);
    }
  }
  console.log(`\n${title} (median of ${rounds})`);
  for (const { name, reference } of contestants) {
    const own = timings.get(name)!;
    const wall = median(own.map(({ wallMs }) => wallMs));
    const cpu = median(own.map(({ cpuMs }) => cpuMs));
    const other = reference === undefined ? undefined : timings.get(reference)!;
    const ratio = other && median(own.map(({ cpuMs }, i) => cpuMs / other[i]!.cpuMs));
    const versus = ratio === undefined ? '' : `  ${ratio.toFixed(2)} x ${reference}`;
    console.log(`  ${name.padEnd(44)}${ms(wall)} ms${ms(cpu)} ms CPU${versus}`);
  }
}

const WARM_UP = 10;

async function time(run: () => unknown): Promise<Timing> {
  const before = cpuUsage();
  const start = performance.now();
  await run();
  const wallMs = performance.now() - start;
  const { user, system } = cpuUsage(before);
  return { wallMs, cpuMs: (user + system) / 1000 };
}

function median(values: number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

const ms = (value: number): string => value.toFixed(2).padStart(9);
