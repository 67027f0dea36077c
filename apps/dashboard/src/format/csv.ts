// Tables as CSV (RFC 4180), for a spreadsheet.
const quoted = (cell: string): string => (/[",\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell);

/** Text that a spreadsheet would take for a formula is kept text by an apostrophe; a number stays a number. */
const harmless = (cell: string): string => (/^[=+\-@\t\r]/.test(cell) && !isNumber(cell) ? `'${cell}` : cell);
const isNumber = (cell: string): boolean => /^-?\d+(\.\d+)?(e[+-]?\d+)?$/.test(cell);

export function csv(header: readonly string[], rows: readonly (readonly string[])[]): string {
  return [header, ...rows]
    .map((row) => `${row.map((cell) => quoted(harmless(cell))).join(',')}\r\n`)
    .join('');
}
