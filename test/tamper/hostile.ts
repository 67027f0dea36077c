// What a hostile case is, what a door answered, and the table of all of them.
import { isDomainError } from '@sidemark/core/errors';
import type { World } from './world.ts';

/** What a door said: a code of the catalogue, `accepted`, or what else was seen. */
export interface Heard {
  readonly code: string;
  /** HTTP status or status of the refusal; null where there is none */
  readonly status: number | null;
  /** failure class; empty where there is none */
  readonly failure: string;
}

export type Attack = () => Promise<Heard>;

export interface HostileCase {
  readonly door: string;
  readonly name: string;
  readonly expected: string;
  /** Sets the scene by fair means; the state is written down between this and the attack it gives back. */
  readonly prepare: (world: World) => Attack | Promise<Attack>;
}

export interface Row extends Omit<HostileCase, 'prepare'> {
  readonly heard: Heard;
  readonly nothingLost: boolean;
}

export const seen = (code: string): Heard => ({ code, status: null, failure: '' });

/** Runs a piece of an agent; what is no refusal of the catalogue is told as a crash. */
export async function refusalOf(work: () => unknown): Promise<Heard> {
  try {
    await work();
    return seen('accepted');
  } catch (error) {
    if (isDomainError(error)) return { code: error.code, status: error.status, failure: error.failureClass };
    return seen(`crash: ${error instanceof Error ? error.name : typeof error}`);
  }
}

export function tableOf(rows: readonly Row[]): string {
  const head = ['door', 'case', 'expected', 'got', 'status/class', 'nothing lost'];
  const lines = rows.map(({ door, name, expected, heard, nothingLost }) => [
    door,
    name,
    expected,
    heard.code === expected ? 'as expected' : heard.code,
    [heard.status ?? '-', heard.failure === '' ? '-' : heard.failure].join(' '),
    nothingLost ? 'yes' : 'NO',
  ]);
  const widths = head.map((title, i) => Math.max(title.length, ...lines.map((line) => line[i]!.length)));
  const draw = (cells: readonly string[]): string =>
    cells
      .map((cell, i) => cell.padEnd(widths[i]!))
      .join('  ')
      .trimEnd();
  const held = rows.filter((row) => row.heard.code === row.expected && row.nothingLost).length;
  const rule = draw(widths.map((width) => '-'.repeat(width)));
  return [draw(head), rule, ...lines.map(draw), '', `${held} of ${rows.length} hostile cases held`].join(
    '\n',
  );
}
