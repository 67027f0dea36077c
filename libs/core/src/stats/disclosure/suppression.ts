// Tables of patients as they may leave a site: no cell that counts a few, and none that the others give away. Sums that
// are known (a row, a column, a class, the whole) are equations; a hidden cell must not follow from them.

/** The images of one cell, and whose they are. */
export interface PatientCell {
  readonly images: number;
  /** numbers of patients; one may be named more than once, and in several cells */
  readonly patients: readonly number[];
}

/** Images, or null: withheld. 0 is nobody. */
export type DisclosedCell = number | null;

/**
 * Which cells are to be hidden. Afterwards no cell of 1 to floor - 1 patients is shown; no hidden cell follows from the
 * shown ones and the known sums by any additions and subtractions; and what is hidden of one known sum is of `floor`
 * patients or more, unless the whole sum is of fewer. Hides the smallest cells that will do, empty ones last. Same
 * input, same answer. Source: Willenborg & de Waal, Elements of Statistical Disclosure Control (2001), ch. 4.
 * @param sums cells of each known sum, by index. @param floor patients, >= 1; at 1 nothing is hidden
 */
export function hiddenCells(
  cells: readonly PatientCell[],
  sums: readonly (readonly number[])[],
  floor: number,
): boolean[] {
  const sizes = cells.map(({ patients }) => new Set(patients).size);
  const hidden = sizes.map((size) => size > 0 && size < floor);
  for (;;) {
    const wanting = hidden.some(Boolean) ? nextToHide(cells, sizes, hidden, sums, floor) : undefined;
    if (wanting === undefined) return hidden;
    hidden[wanting] = true;
  }
}

/** A table of which the row sums, the column sums and the whole may be known: by truth and prediction, for example. */
export function disclosedTable(table: readonly (readonly PatientCell[])[], floor: number): DisclosedCell[][] {
  return cellsShown(table, hiddenCells(table.flat(), lineSums(table), floor));
}

/** A square table, and the sum of its diagonal. */
export interface DisclosedSquare {
  readonly cells: DisclosedCell[][];
  readonly diagonal: DisclosedCell;
}

/**
 * A table by truth and answer of which the diagonal, the right answers, is told in one sum: the sum is a further equation, and
 * more cells are hidden for it. It is withheld, and the table as without it, where it or the rest is of 1 to floor - 1
 * patients, or where a hidden cell would follow from it however many are hidden (of two classes always).
 * @param table of k x k cells. @param floor patients, >= 1
 */
export function disclosedSquare(table: readonly (readonly PatientCell[])[], floor: number): DisclosedSquare {
  const k = table.length;
  const cells = table.flat();
  const onDiagonal = cells.flatMap((_, cell) => (isOnDiagonal(cell, k) ? [cell] : []));
  const beside = cells.flatMap((_, cell) => (isOnDiagonal(cell, k) ? [] : [cell]));
  const sums = [...lineSums(table), onDiagonal, beside];
  const hidden = hiddenCells(cells, sums, floor);
  const small = [onDiagonal, beside].some((sum) => {
    const patients = new Set(sum.flatMap((cell) => cells[cell]!.patients)).size;
    return patients > 0 && patients < floor;
  });
  if (small || cellsThatFollow(hidden, sums).length > 0)
    return { cells: disclosedTable(table, floor), diagonal: null };
  return {
    cells: cellsShown(table, hidden),
    diagonal: onDiagonal.reduce((sum, at) => sum + cells[at]!.images, 0),
  };
}

/** A list of which the sum may be known. */
export function disclosedList(cells: readonly PatientCell[], floor: number): DisclosedCell[] {
  const hidden = hiddenCells(cells, [cells.map((_, at) => at)], floor);
  return cells.map(({ images }, at) => (hidden[at] ? null : images));
}

/** Counts images into `count` cells. @param cellOf parallel to the patients; an image with undefined is in none */
export function patientCells(
  cellOf: readonly (number | undefined)[],
  patients: readonly number[],
  count: number,
): PatientCell[] {
  const found = Array.from({ length: count }, (): number[] => []);
  cellOf.forEach((cell, image) => {
    if (cell !== undefined) found[cell]!.push(patients[image]!);
  });
  return found.map((of) => ({ images: of.length, patients: of }));
}

/** Cells of each row and of each column. */
function lineSums(table: readonly (readonly unknown[])[]): number[][] {
  const columns = table[0]?.length ?? 0;
  const rows = table.map((row, r) => row.map((_, c) => r * columns + c));
  return [...rows, ...(table[0] ?? []).map((_, c) => table.map((__, r) => r * columns + c))];
}

function cellsShown(
  table: readonly (readonly PatientCell[])[],
  hidden: readonly boolean[],
): DisclosedCell[][] {
  const columns = table[0]?.length ?? 0;
  return table.map((row, r) => row.map(({ images }, c) => (hidden[r * columns + c] ? null : images)));
}

const isOnDiagonal = (cell: number, side: number): boolean => cell % (side + 1) === 0;

/** The cell to hide next, or undefined when all that is hidden is safe. */
function nextToHide(
  cells: readonly PatientCell[],
  sizes: readonly number[],
  hidden: readonly boolean[],
  sums: readonly (readonly number[])[],
  floor: number,
): number | undefined {
  const weight = (cell: number): number => (sizes[cell] === 0 ? Infinity : sizes[cell]!);
  const shownOf = (sum: readonly number[]): number[] => sum.filter((cell) => !hidden[cell]);
  const smallest = (among: readonly number[]): number =>
    among.reduce((best, cell) => (weight(cell) < weight(best) ? cell : best));
  for (const sum of sums) {
    const own = sum.filter((cell) => hidden[cell]);
    const patients = new Set(own.flatMap((cell) => cells[cell]!.patients));
    const shown = shownOf(sum);
    if (own.length > 0 && patients.size < floor && shown.length > 0) return smallest(shown);
  }
  const follow = cellsThatFollow(hidden, sums);
  const beside = follow.flatMap((cell) => sums.filter((sum) => sum.includes(cell)).flatMap(shownOf));
  if (beside.length === 0) return undefined;
  // of those that leave fewest cells to be hidden after them
  const left = new Map(
    [...new Set(beside)].map((cell) => [cell, cellsThatFollow(hidden.with(cell, true), sums).length]),
  );
  const fewest = Math.min(...left.values());
  return smallest([...left].flatMap(([cell, count]) => (count === fewest ? [cell] : [])));
}

/** Hidden cells that the known sums determine: Gauss-Jordan elimination, and rows that are left with one unknown. */
function cellsThatFollow(hidden: readonly boolean[], sums: readonly (readonly number[])[]): number[] {
  const unknowns = hidden.flatMap((one, cell) => (one ? [cell] : []));
  const rows = sums.map((sum) => unknowns.map((cell) => (sum.includes(cell) ? 1 : 0)));
  let done = 0;
  for (let column = 0; column < unknowns.length && done < rows.length; column++) {
    const pivot = rows.findIndex((row, at) => at >= done && Math.abs(row[column]!) > 1e-9);
    if (pivot < 0) continue;
    [rows[done], rows[pivot]] = [rows[pivot]!, rows[done]!];
    const head = rows[done]!;
    const by = head[column]!;
    for (let at = 0; at < head.length; at++) head[at]! /= by;
    rows.forEach((row, at) => {
      const factor = row[column]!;
      if (at === done || factor === 0) return;
      for (let i = 0; i < row.length; i++) row[i]! -= factor * head[i]!;
    });
    done++;
  }
  return rows.slice(0, done).flatMap((row) => {
    const left = row.flatMap((value, at) => (Math.abs(value) > 1e-9 ? [at] : []));
    return left.length === 1 ? [unknowns[left[0]!]!] : [];
  });
}
