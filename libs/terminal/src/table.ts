// Tables for people.
import Table from 'cli-table3';

export type Align = 'left' | 'right';

/** A plain table; numbers read best with `right`. */
export function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  align: readonly Align[] = [],
): string {
  const made = new Table({
    head: [...head],
    colAligns: [...align],
    style: { head: [], border: [], compact: true },
  });
  for (const row of rows) made.push([...row]);
  return made.toString();
}
