// The egress ledger on disk: one JSON line per entry, each covered by the hash of the next. A line is flushed before
// append() resolves; a line cut by a crash was never followed by a send and is taken off.
import { open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { chainStart, linkHash } from '@sidemark/core/signing';
import { z } from 'zod';
import { onDisk, readIfThere } from '../platform/disk/durable-file.ts';
import { LedgerContent, LedgerEntry } from './ledger-entry.ts';
import { ReportedStore } from './scrutiny/reported.store.ts';

interface End {
  readonly sequence: number;
  readonly hash: string;
  readonly sizeBytes: number;
}

const Link = z.object({ sequence: z.int(), hash: z.string() });

/** The whole lines of a ledger, and whether a cut one follows. */
function linesOf(text: string): { lines: string[]; torn: boolean } {
  const lines = text.split('\n');
  return { torn: lines.pop() !== '', lines };
}

export class LedgerStore {
  readonly #path: string;
  #end: End | undefined;
  #queue: Promise<unknown> = Promise.resolve();

  /** what the reports in this ledger rested on, kept beside it */
  readonly reported: ReportedStore;

  constructor(path: string) {
    this.#path = path;
    this.reported = new ReportedStore(join(dirname(path), 'reported'));
  }

  /** Adds one entry; resolves when it is on the disk. @throws DomainError `disk-failed` */
  append(content: LedgerContent): Promise<LedgerEntry> {
    const appended = this.#queue.then(() => this.#append(LedgerContent.parse(content)));
    this.#queue = appended.catch(() => undefined);
    return appended;
  }

  async #append(content: LedgerContent): Promise<LedgerEntry> {
    const end = (this.#end ??= await this.#findEnd());
    const entry = {
      sequence: end.sequence + 1,
      previous: end.hash,
      hash: linkHash(end.hash, content),
      content,
    };
    const line = Buffer.from(`${JSON.stringify(entry)}\n`);
    this.#end = undefined;
    await onDisk(async () => {
      const handle = await open(this.#path, 'a', 0o600);
      try {
        await handle.truncate(end.sizeBytes);
        await handle.writeFile(line);
        await handle.sync();
      } finally {
        await handle.close();
      }
    });
    this.#end = { sequence: entry.sequence, hash: entry.hash, sizeBytes: end.sizeBytes + line.length };
    return entry;
  }

  async #findEnd(): Promise<End> {
    const { lines } = linesOf((await readIfThere(this.#path)) ?? '');
    const sizeBytes = lines.reduce((sum, line) => sum + Buffer.byteLength(line) + 1, 0);
    const last = lines.at(-1);
    if (last === undefined) return { sequence: 0, hash: chainStart, sizeBytes };
    const { sequence, hash } = Link.parse(JSON.parse(last));
    return { sequence, hash, sizeBytes };
  }

  /** Every line as it stands, unchecked; `torn` when a cut line follows. */
  async lines(): Promise<{ lines: string[]; torn: boolean }> {
    return linesOf((await readIfThere(this.#path)) ?? '');
  }

  /** True when a payload stands in it, which is written before the payload leaves. */
  async holds(payloadDigest: string): Promise<boolean> {
    const { lines } = await this.lines();
    return lines.some(
      (line) =>
        (line.includes('"kind":"report"') || line.includes('"kind":"qualification"')) &&
        line.includes(`"payloadDigest":"${payloadDigest}"`),
    );
  }

  /** Every entry. @throws ZodError or SyntaxError for a line that is none. */
  async entries(): Promise<LedgerEntry[]> {
    return (await this.lines()).lines.map((line) => LedgerEntry.parse(JSON.parse(line)));
  }
}
