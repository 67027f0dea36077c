// The answer of a download route: a blob, or the range of it that was asked for.
import { Readable } from 'node:stream';
import { StreamableFile } from '@nestjs/common';
import type { Response } from 'express';
import { DomainError } from '@sidemark/core/errors';
import type { BlobStore } from '../blobs/blob.store.ts';
import { byteRange } from './byte-range.ts';

export interface Download {
  readonly status: 200 | 206 | 416;
  readonly headers: Readonly<Record<string, string>>;
  readonly bytes: Readable;
}

export interface RangeHeaders {
  readonly range: string | undefined;
  readonly ifRange: string | undefined;
}

/** @throws DomainError `not-found` when the bytes are not as they were registered */
export async function downloadOf(
  blobs: BlobStore,
  { sha256, sizeBytes }: { readonly sha256: string; readonly sizeBytes: number },
  { range, ifRange }: RangeHeaders,
): Promise<Download> {
  if ((await blobs.sizeOf(sha256)) !== sizeBytes) {
    throw new DomainError('not-found', {
      sha256,
      hint: 'the bytes are gone from the coordinator: upload them again',
    });
  }
  const etag = `"${sha256}"`;
  const part = byteRange(range, ifRange, etag, sizeBytes);
  const common = { 'Accept-Ranges': 'bytes', ETag: etag, 'Content-Type': 'application/octet-stream' };
  if (part.kind === 'unsatisfiable') {
    const headers = { ...common, 'Content-Range': `bytes */${sizeBytes}`, 'Content-Length': '0' };
    return { status: 416, headers, bytes: Readable.from([]) };
  }
  const [first, last] = part.kind === 'part' ? [part.first, part.last] : [0, sizeBytes - 1];
  const headers = { ...common, 'Content-Length': `${last - first + 1}` };
  const bytes = blobs.read(sha256, first, last);
  if (part.kind === 'whole') return { status: 200, headers, bytes };
  return {
    status: 206,
    headers: { ...headers, 'Content-Range': `bytes ${first}-${last}/${sizeBytes}` },
    bytes,
  };
}

export function stream({ status, headers, bytes }: Download, response: Response): StreamableFile {
  response.status(status).set(headers);
  return new StreamableFile(bytes);
}
