// The bytes of an upload, and what becomes of those that nobody wants.
import type { Request } from 'express';
import { DomainError } from '@sidemark/core/errors';
import { maxBlobBytes } from './blob.store.ts';

/**
 * The body as it arrives. When the reader stops early the rest is let through unread, so that the client can finish
 * sending and hear the refusal instead of a broken connection.
 */
export async function* uploadOf(request: Request): AsyncGenerator<Uint8Array> {
  if (Number(request.headers['content-length'] ?? 0) > maxBlobBytes) {
    request.resume();
    throw new DomainError('payload-too-large', { limitBytes: maxBlobBytes });
  }
  if (request.headers['content-type'] !== 'application/octet-stream') {
    request.resume();
    throw new DomainError('invalid-input', {
      reason: 'an upload has the content type application/octet-stream',
    });
  }
  try {
    const chunks: AsyncIterable<Uint8Array> = request.iterator({ destroyOnReturn: false });
    yield* chunks;
  } catch (cause) {
    throw new DomainError('invalid-input', { reason: 'the upload broke off' }, { cause });
  } finally {
    request.resume();
  }
}
