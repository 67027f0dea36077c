// The only file that knows csv-parse: a labels file as spreadsheets write it, in rows with their line numbers.
import { readFile } from 'node:fs/promises';
import { DomainError } from '@sidemark/core/errors';
import { CsvError, parse } from 'csv-parse/sync';

export interface LabelsFile {
  columns: string[];
  /** row: as a spreadsheet counts, the header is row 1; empty lines are left out but counted */
  records: { row: number; cells: string[] }[];
}

interface ParsedRecord {
  record: string[];
  info: { lines: number };
}

/**
 * Reads a CSV with a header: UTF-8 or UTF-16 with byte order mark, separated by comma, semicolon or tab.
 * @throws DomainError `dataset-problems` when the file is not readable as CSV at all
 */
export async function readLabels(path: string): Promise<LabelsFile> {
  const text = decode(await open(path));
  let parsed: ParsedRecord[];
  try {
    parsed = parse(text, {
      delimiter: separatorOf(text),
      trim: true,
      info: true,
      relax_column_count: true,
      skip_empty_lines: true,
    }) as unknown as ParsedRecord[];
  } catch (cause) {
    const reason =
      cause instanceof CsvError ? `not CSV: ${cause.code} near line ${String(cause['lines'])}` : 'not CSV';
    throw new DomainError('dataset-problems', { reason }, { cause });
  }
  const [header, ...rest] = parsed;
  if (!header) throw new DomainError('dataset-problems', { reason: 'the labels file is empty' });
  return {
    columns: header.record,
    records: rest.map(({ record, info }) => ({ row: info.lines, cells: record })),
  };
}

async function open(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw new DomainError('dataset-problems', { reason: 'the labels file cannot be opened' }, { cause });
  }
}

function decode(bytes: Buffer): string {
  const wide = bytes[0] === 0xff && bytes[1] === 0xfe;
  return new TextDecoder(wide ? 'utf-16le' : 'utf-8').decode(bytes);
}

/** The one of comma, semicolon and tab that the header holds most of. */
function separatorOf(text: string): string {
  const header = text.slice(0, text.search(/\r?\n|$/));
  const count = (separator: string): number => header.split(separator).length;
  return [',', ';', '\t'].reduce((best, next) => (count(next) > count(best) ? next : best));
}
