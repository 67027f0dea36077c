// A carried job on disk: one line of JSON, then the bytes of its models. Nothing in it is a path and nothing is
// packed, so there is no name to escape by and no bomb to unpack; every length is bounded before it is read.
import { createHash } from 'node:crypto';
import type { FileHandle } from 'node:fs/promises';
import { CarriedJob, maxCarriedJsonBytes } from '@sidemark/core/contract';
import { onDisk } from '../platform/disk/durable-file.ts';
import { invalid, openCarried, parseCarried } from './carried-file.ts';

const chunkBytes = 256 * 1024;
const newline = 0x0a;

export class JobFile {
  private constructor(
    readonly header: CarriedJob,
    /** of the whole file */
    readonly sizeBytes: number,
    /** where the model bytes begin */
    readonly bodyAt: number,
    private readonly file: FileHandle,
  ) {}

  /** Reads the first line. @throws DomainError `carried-file-invalid` */
  static async open(path: string): Promise<JobFile> {
    const { file, sizeBytes } = await openCarried(path);
    try {
      const line = await firstLine(file);
      return new JobFile(parseCarried(line, CarriedJob), sizeBytes, line.length + 1, file);
    } catch (error) {
      await file.close();
      throw error;
    }
  }

  /** Bytes `from` up to `from + length`, or as many as there are. */
  async *bytes(from: number, length: number): AsyncIterable<Uint8Array> {
    let left = length;
    for (let at = from; left > 0;) {
      const chunk = await readAt(this.file, at, Math.min(chunkBytes, left));
      if (chunk.length === 0) return;
      yield chunk;
      at += chunk.length;
      left -= chunk.length;
    }
  }

  /** SHA-256 of the whole file, hex. */
  async digest(): Promise<string> {
    const hash = createHash('sha256');
    for await (const chunk of this.bytes(0, this.sizeBytes)) hash.update(chunk);
    return hash.digest('hex');
  }

  async close(): Promise<void> {
    await this.file.close();
  }
}

async function readAt(file: FileHandle, at: number, length: number): Promise<Uint8Array> {
  const chunk = Buffer.alloc(length);
  const { bytesRead } = await onDisk(() => file.read(chunk, 0, length, at));
  return chunk.subarray(0, bytesRead);
}

async function firstLine(file: FileHandle): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for (let at = 0; at < maxCarriedJsonBytes;) {
    const chunk = await readAt(file, at, chunkBytes);
    if (chunk.length === 0) throw invalid('its first line does not end');
    const end = chunk.indexOf(newline);
    parts.push(end < 0 ? chunk : chunk.subarray(0, end));
    if (end >= 0) return Buffer.concat(parts);
    at += chunk.length;
  }
  throw invalid(`its first line is longer than ${maxCarriedJsonBytes} bytes`);
}
