// A square table of counts: rows one reader (or the truth), columns the other, same categories in the same order.

/** table[i][j] = how many got category i from the first and j from the second; k >= 1, whole numbers >= 0. */
export type SquareTable = readonly (readonly number[])[];

export interface Margins {
  readonly n: number;
  readonly rows: number[];
  readonly columns: number[];
  /** sum of the diagonal */
  readonly agreed: number;
}

/** @throws RangeError unless the table is square with k >= 1 and holds whole numbers >= 0 that add exactly. */
export function marginsOf(table: SquareTable): Margins {
  const k = table.length;
  if (k < 1) throw new RangeError('a table needs at least one category: 0');
  const rows = table.map(() => 0);
  const columns = table.map(() => 0);
  let [n, agreed] = [0, 0];
  table.forEach((line, i) => {
    if (line.length !== k)
      throw new RangeError(`row ${i} of the table must have ${k} counts: ${line.length}`);
    line.forEach((count, j) => {
      if (!Number.isSafeInteger(count) || count < 0)
        throw new RangeError(`counts must be whole numbers >= 0: ${count} in row ${i}`);
      rows[i]! += count;
      columns[j]! += count;
      n += count;
      if (i === j) agreed += count;
    });
  });
  if (!Number.isSafeInteger(n)) throw new RangeError(`counts must add up to less than 2^53: ${n}`);
  return { n, rows, columns, agreed };
}

/**
 * The table of all sites: cell by cell. Tables add exactly, so a test on the sum is the test on the rows together.
 * @throws RangeError if there is none, or one is of another size or not a table.
 */
export function addTables(tables: readonly SquareTable[]): number[][] {
  const [first] = tables;
  if (!first) throw new RangeError('adding needs at least one table: 0');
  const sum = first.map((line) => line.map(() => 0));
  for (const table of tables) {
    marginsOf(table);
    if (table.length !== sum.length)
      throw new RangeError(`tables must be of one size: ${table.length}, not ${sum.length}`);
    table.forEach((line, i) => line.forEach((count, j) => (sum[i]![j]! += count)));
  }
  return sum;
}

/** The table of two lists of categories 0..k-1 over the same rows. @throws RangeError on other categories or lengths. */
export function crossTable(a: ArrayLike<number>, b: ArrayLike<number>, k: number): number[][] {
  if (a.length !== b.length) throw new RangeError(`both lists must be as long: ${a.length}, not ${b.length}`);
  const table = Array.from({ length: k }, () => Array.from({ length: k }, () => 0));
  for (let row = 0; row < a.length; row++) {
    const line = table[a[row]!];
    if (line?.[b[row]!] === undefined)
      throw new RangeError(`categories must be 0..${k - 1}: ${a[row]} and ${b[row]} in row ${row}`);
    line[b[row]!]! += 1;
  }
  return table;
}
