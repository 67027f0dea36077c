// Films done so far, in the output folder itself: a run that was stopped goes on, and one that is repeated finds nothing
// to do. One JSON line each, flushed. It stays at the site, as the films do, and holds their names.
import { type FileHandle, open, readdir, truncate } from 'node:fs/promises';
import { join } from 'node:path';
import { DomainError } from '@sidemark/core/errors';
import { z } from 'zod';
import { onDisk, readIfThere, systemCode, writeDurably } from '../platform/disk/durable-file.ts';
import { WrittenFilm } from './harmonized-film.ts';

export const journalName = 'harmonize.journal';

const Header = z.strictObject({ schema: z.literal('sidemark.harmonize-journal/1'), subject: z.string() });
const Entry = z.strictObject({ path: z.string(), film: WrittenFilm });

export class HarmonizeJournal {
  private constructor(
    private readonly file: FileHandle,
    readonly known: ReadonlyMap<string, WrittenFilm>,
  ) {}

  /**
   * @param subject digest of all that decides what is written besides the films
   * @throws DomainError `output-taken` where the folder holds anything that is not of this subject, `disk-failed`
   */
  static async open(folder: string, subject: string): Promise<HarmonizeJournal> {
    const path = join(folder, journalName);
    const text = await readIfThere(path);
    if (text === undefined) {
      if ((await namesIn(folder)).length > 0) throw new DomainError('output-taken', { folder });
      await writeDurably(path, `${JSON.stringify({ schema: 'sidemark.harmonize-journal/1', subject })}\n`);
    }
    const { known, bytes } = readEntries(text ?? '', subject, folder);
    // what a crash tore is cut off, or the next line would grow onto it
    if (bytes > 0) await onDisk(() => truncate(path, bytes));
    return new HarmonizeJournal(await onDisk(() => open(path, 'a', 0o600)), known);
  }

  /** @param path below the input folder. @throws DomainError `disk-failed` */
  async append(path: string, film: WrittenFilm): Promise<void> {
    await onDisk(async () => {
      await this.file.appendFile(`${JSON.stringify({ path, film })}\n`);
      await this.file.datasync();
    });
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

/** Whole entries and the bytes they take; 0 bytes: there is no text. */
function readEntries(
  text: string,
  subject: string,
  folder: string,
): { known: Map<string, WrittenFilm>; bytes: number } {
  const known = new Map<string, WrittenFilm>();
  const [header, ...lines] = text.split('\n').slice(0, -1);
  if (header === undefined) return { known, bytes: 0 };
  if (parseLine(Header, header)?.subject !== subject) throw new DomainError('output-taken', { folder });
  let bytes = Buffer.byteLength(header) + 1;
  for (const line of lines) {
    const entry = parseLine(Entry, line);
    if (!entry) break;
    known.set(entry.path, entry.film);
    bytes += Buffer.byteLength(line) + 1;
  }
  return { known, bytes };
}

function parseLine<S extends z.ZodType>(schema: S, line: string): z.output<S> | undefined {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}
