// Per-image outcomes on disk as they come, so that a killed agent goes on where it stopped. One JSON line each,
// flushed; entries go by a keyed digest of the file, so no patient, path or file digest is in it.
import { type FileHandle, open, truncate } from 'node:fs/promises';
import { hmacSha256 } from '@sidemark/core/signing';
import { z } from 'zod';
import { onDisk, readIfThere, writeDurably } from '../platform/disk/durable-file.ts';
import { ImageOutcome } from './image/image-outcome.ts';

const Header = z.strictObject({ schema: z.literal('sidemark.journal/1'), subject: z.string() });
const Entry = z.strictObject({ image: z.string(), outcome: ImageOutcome });

export interface JournalOf {
  /** digest over everything that an outcome depends on; a journal of another subject is started anew */
  subject: string;
  /** key of the entries' names; not written */
  key: string;
}

export class Journal {
  #tail: Promise<void> = Promise.resolve();
  #failure: Error | undefined;

  private constructor(
    private readonly file: FileHandle,
    private readonly key: Uint8Array,
    private readonly known: ReadonlyMap<string, ImageOutcome>,
  ) {}

  /** Opens the journal, keeping what is whole and of the same subject. @throws DomainError `disk-failed` */
  static async open(path: string, { subject, key }: JournalOf): Promise<Journal> {
    const { entries, bytes } = readEntries((await readIfThere(path)) ?? '', subject);
    const header = `${JSON.stringify({ schema: 'sidemark.journal/1', subject })}\n`;
    if (bytes === 0) await writeDurably(path, header);
    // what a crash tore is cut off, or the next line would grow onto it
    else await onDisk(() => truncate(path, bytes));
    const file = await onDisk(() => open(path, 'a', 0o600));
    return new Journal(file, new TextEncoder().encode(key), entries);
  }

  /** Images that an earlier life of the agent finished. */
  outcomeOf(fileSha256: string): ImageOutcome | undefined {
    return this.known.get(this.#name(fileSha256));
  }

  /** Appends in the background, in order; a disk that fails is reported by `close`, and by `failed` at once. */
  append(fileSha256: string, outcome: ImageOutcome): void {
    const line = `${JSON.stringify({ image: this.#name(fileSha256), outcome })}\n`;
    this.#tail = this.#tail
      .then(() => (this.#failure === undefined ? onDisk(() => this.#write(line)) : undefined))
      .catch((error: unknown) => void (this.#failure ??= asError(error)));
  }

  get failed(): boolean {
    return this.#failure !== undefined;
  }

  /** Resolves when every entry is on the disk. @throws DomainError `disk-failed` */
  async close(): Promise<void> {
    await this.#tail;
    await this.file.close();
    if (this.#failure !== undefined) throw this.#failure;
  }

  async #write(line: string): Promise<void> {
    await this.file.appendFile(line);
    await this.file.datasync();
  }

  #name(fileSha256: string): string {
    return hmacSha256(this.key, fileSha256).slice(0, 32);
  }
}

/** What became of the images in a journal, whatever it is of; none where there is no journal. */
export async function journalledOutcomes(path: string): Promise<ImageOutcome[]> {
  const [, ...lines] = ((await readIfThere(path)) ?? '').split('\n').slice(0, -1);
  return lines.flatMap((line) => parseLine(Entry, line)?.outcome ?? []);
}

/** Whole entries of the same subject, and how many bytes they take; 0 bytes: start anew. */
function readEntries(text: string, subject: string): { entries: Map<string, ImageOutcome>; bytes: number } {
  const entries = new Map<string, ImageOutcome>();
  const lines = text.split('\n').slice(0, -1);
  const header = lines.length > 0 ? parseLine(Header, lines[0]!) : undefined;
  if (header?.subject !== subject) return { entries, bytes: 0 };
  let bytes = Buffer.byteLength(lines[0]!) + 1;
  for (const line of lines.slice(1)) {
    const entry = parseLine(Entry, line);
    if (!entry) break;
    entries.set(entry.image, entry.outcome);
    bytes += Buffer.byteLength(line) + 1;
  }
  return { entries, bytes };
}

function parseLine<S extends z.ZodType>(schema: S, line: string): z.output<S> | undefined {
  try {
    return schema.parse(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function asError(thrown: unknown): Error {
  return thrown instanceof Error ? thrown : new Error('the journal cannot be written', { cause: thrown });
}
