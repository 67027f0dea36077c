// The outbox on disk: outbox/<sequence>-<job>.json until receipts/<sequence>-<job>.json is there. Numbers grow by one
// and none is used twice; a number counts as used when its file is on the disk.
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { DataDirectory } from '../platform/disk/data-directory.ts';
import {
  onDisk,
  readIfThere,
  readJson,
  removeDurably,
  writeDurably,
  writeJson,
} from '../platform/disk/durable-file.ts';
import { OutboxItem, ReceiptFile } from './outbox-item.ts';

const fileName = /^(\d+)-([0-9a-f-]{36})\.json$/;

interface Place {
  readonly sequence: number;
  readonly job: string;
}

export class OutboxStore {
  constructor(private readonly directory: DataDirectory) {}

  /** One above every number used so far. */
  async nextSequence(): Promise<number> {
    const counter = Number((await readIfThere(this.directory.sequence)) ?? '0');
    const used = [
      ...(await this.#places(this.directory.outbox)),
      ...(await this.#places(this.directory.receipts)),
    ];
    return Math.max(counter, 0, ...used.map(({ sequence }) => sequence)) + 1;
  }

  /** Puts an item in the outbox; when this resolves, it is on the disk and its number is used. */
  async add(item: OutboxItem): Promise<void> {
    await this.save(item);
    await writeDurably(this.directory.sequence, `${item.sequence}\n`);
  }

  async save(item: OutboxItem): Promise<void> {
    await writeJson(this.#path(this.directory.outbox, item), item);
  }

  /** Items without a receipt, in order of their numbers. An item whose receipt is stored is taken off. */
  async pending(): Promise<OutboxItem[]> {
    const items: OutboxItem[] = [];
    for (const place of await this.#places(this.directory.outbox)) {
      const path = this.#path(this.directory.outbox, place);
      const item = await readJson(path, OutboxItem);
      if (await this.receipt(place)) await removeDurably(path);
      else if (item !== undefined) items.push(item);
    }
    return items;
  }

  /** Takes off an item that never left. */
  async remove(item: OutboxItem): Promise<void> {
    await removeDurably(this.#path(this.directory.outbox, item));
  }

  /** Stores the receipt, then takes the item off. */
  async settle(file: ReceiptFile): Promise<void> {
    await writeJson(this.#path(this.directory.receipts, file.item), file);
    await removeDurably(this.#path(this.directory.outbox, file.item));
  }

  async receipt(place: Place): Promise<ReceiptFile | undefined> {
    return readJson(this.#path(this.directory.receipts, place), ReceiptFile);
  }

  async receipts(): Promise<ReceiptFile[]> {
    const places = await this.#places(this.directory.receipts);
    const files = await Promise.all(places.map((place) => this.receipt(place)));
    return files.filter((file) => file !== undefined);
  }

  async #places(folder: string): Promise<Place[]> {
    const names = await onDisk(() => readdir(folder));
    const found = names.map((name) => fileName.exec(name)).filter((match) => match !== null);
    return found
      .map(([, sequence, job]) => ({ sequence: Number(sequence), job: job ?? '' }))
      .sort((a, b) => a.sequence - b.sequence);
  }

  #path(folder: string, { sequence, job }: Place): string {
    return join(folder, `${sequence}-${job}.json`);
  }
}
