// A table as data: shown, copied and downloaded from one description.
import { csv } from '../../format/csv.ts';

export interface Cell {
  readonly text: string;
  /** in a file: the number in full, without signs and units for people; absent: the text */
  readonly raw?: string;
  readonly href?: string;
  /** withheld: it exists and is kept; absent: it does not exist; good, bad: a state */
  readonly tone?: 'withheld' | 'absent' | 'good' | 'bad' | 'quiet';
}

export interface Table {
  readonly caption: string;
  /** name of the file, without its ending */
  readonly file: string;
  readonly columns: readonly { readonly label: string; readonly numeric?: boolean }[];
  readonly rows: readonly (readonly Cell[])[];
}

const rawOf = ({ raw, text }: Cell): string => raw ?? text;

export function tableCsv({ columns, rows }: Table): string {
  return csv(
    columns.map(({ label }) => label),
    rows.map((row) => row.map(rawOf)),
  );
}

/** For the clipboard: a spreadsheet takes tabs for columns. */
export function tableTabs({ columns, rows }: Table): string {
  const flat = (text: string): string => text.replaceAll(/[\t\r\n]+/g, ' ');
  return [columns.map(({ label }) => label), ...rows.map((row) => row.map(rawOf))]
    .map((row) => row.map(flat).join('\t'))
    .join('\n');
}
