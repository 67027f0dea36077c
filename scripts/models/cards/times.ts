// How long training took, for the cards.
import { z } from 'zod';

const printed = z.record(z.string(), z.number());

/** A sentence on the runs whose names fit. Seconds are wall time. */
export function trainingTimes(figures: unknown, names: RegExp): string {
  const runs = Object.entries(printed.parse(figures)).filter(([name]) => names.test(name));
  const minutes = (seconds: number): string => (seconds / 60).toFixed(1);
  const all = runs.reduce((sum, [, seconds]) => sum + seconds, 0);
  const each = runs.map(([name, seconds]) => `${name} ${minutes(seconds)}`).join(', ');
  const detail = runs.length > 8 ? `${runs.length} models` : each;
  return `Training took ${minutes(all)} minutes of wall time on one core of two (${detail}).`;
}
