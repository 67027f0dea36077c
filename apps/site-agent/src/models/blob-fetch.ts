// Bytes named by their digest, from the coordinator to this disk: resumed where they were cut, and none used before the
// whole has its digest.
import { DomainError } from '@sidemark/core/errors';
import type { ReadableStream } from 'node:stream/web';
import type { EgressGate } from '../egress/gate.ts';
import type { BlobRoute, CoordinatorClient } from '../link/coordinator.client.ts';
import type { ModelStore } from './model.store.ts';

/** a download on which nothing moves for so long is cut: a firewall may have forgotten it and say nothing */
const idleMs = 30_000;

export interface BlobWay {
  readonly client: CoordinatorClient;
  readonly gate: EgressGate;
  readonly store: ModelStore;
  readonly route: BlobRoute;
  /** without a byte, until the download counts as cut */
  readonly patienceMs?: number;
}

/** @throws DomainError `model-digest-mismatch`, `coordinator-unreachable`, `disk-failed` */
export async function fetchBlob(
  way: BlobWay,
  sha256: string,
  sizeBytes: number,
  signal: AbortSignal,
): Promise<void> {
  const { store } = way;
  if (await store.isIntact(sha256)) return;
  let have = await store.partSize(sha256);
  if (have < sizeBytes) have = await receive(way, { sha256, have, sizeBytes }, signal);
  if (have !== sizeBytes || !(await store.finish(sha256))) {
    await store.dropPart(sha256);
    throw new DomainError('model-digest-mismatch', {
      model: sha256,
      promisedBytes: sizeBytes,
      receivedBytes: have,
    });
  }
}

async function receive(
  { client, gate, store, route, patienceMs = idleMs }: BlobWay,
  { sha256, have, sizeBytes }: { sha256: string; have: number; sizeBytes: number },
  signal: AbortSignal,
): Promise<number> {
  client.assertReady();
  const response = await client.bytes(route, gate.request(route, sha256, have), signal);
  const from = response.status === 206 ? have : 0;
  if (response.status === 416 || response.body === null) return have;
  const body = uncut(response.body as ReadableStream<Uint8Array>, patienceMs);
  const received = await store.receive(sha256, from, sizeBytes, body);
  if (received !== undefined && received < sizeBytes)
    throw new DomainError('coordinator-unreachable', { reason: 'download cut' });
  return received ?? sizeBytes + 1;
}

/** A body as bytes. @throws DomainError `coordinator-unreachable` where the connection is cut or falls silent. */
async function* uncut(body: ReadableStream<Uint8Array>, patienceMs: number): AsyncIterable<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await moving(reader.read(), patienceMs).catch((cause: unknown) => {
        throw new DomainError('coordinator-unreachable', { reason: 'download cut' }, { cause });
      });
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** @throws Error when `ms` pass before */
async function moving<T>(step: Promise<T>, ms: number): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing came for ${ms} ms`)), ms);
  });
  return Promise.race([step, silence]).finally(() => clearTimeout(timer));
}
