// Brings the models of a protocol to this machine: release checked first, bytes resumed where they were cut, and no
// byte used before the whole file has its digest.
import type { Manifest, ModelRef, ModelRole, ProtocolDocument, ReleasedModel } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import type { ReadableStream } from 'node:stream/web';
import type { EgressGate } from '../egress/gate.ts';
import type { CoordinatorTrust } from '../identity/coordinator-trust.ts';
import type { CoordinatorClient } from '../link/coordinator.client.ts';
import type { LocalModel, LocalModels } from './local-model.ts';
import type { ModelStore } from './model.store.ts';
import { checkRelease, type CheckedRelease } from './release-check.ts';

/** a download on which nothing moves for so long is cut: a firewall may have forgotten it and say nothing */
const idleMs = 30_000;

export class ModelFetcher {
  constructor(
    private readonly client: CoordinatorClient,
    private readonly gate: EgressGate,
    private readonly trust: CoordinatorTrust,
    private readonly store: ModelStore,
    private readonly patienceMs = idleMs,
  ) {}

  /**
   * Every model of the protocol, ready to load.
   * @throws DomainError `release-invalid`, `model-digest-mismatch`, `coordinator-unreachable`, `disk-failed`
   */
  async fetchAll(
    { detector, inpainter, classifiers }: ProtocolDocument,
    signal: AbortSignal,
  ): Promise<LocalModels> {
    const models: LocalModels['classifiers'][number][] = [];
    const first = await this.#fetch(detector, 'detector', signal);
    const second = await this.#fetch(inpainter, 'inpainter', signal);
    for (const { model } of classifiers) models.push(await this.#fetch(model, 'classifier', signal));
    return { detector: first, inpainter: second, classifiers: models };
  }

  async #fetch<R extends ModelRole>(
    ref: ModelRef,
    role: R,
    signal: AbortSignal,
  ): Promise<LocalModel<Extract<Manifest, { role: R }>>> {
    const released = await this.#released(ref.sha256, signal);
    const checked = checkRelease(released, ref, role, this.trust);
    if (!(await this.store.isIntact(ref.sha256))) await this.#download(ref.sha256, checked, signal);
    await this.store.saveManifest(checked.manifest);
    // checkRelease has compared the role
    const manifest = checked.manifest as Extract<Manifest, { role: R }>;
    return { sha256: ref.sha256, path: this.store.pathOf(ref.sha256), manifest };
  }

  /** From the coordinator; without a link, the release that was carried here with the job. */
  async #released(sha256: string, signal: AbortSignal): Promise<ReleasedModel> {
    const carried = this.client.ready ? undefined : await this.store.release(sha256);
    if (carried !== undefined) return carried;
    this.client.assertReady();
    return this.client.call('siteModel', this.gate.request('siteModel', sha256), signal);
  }

  async #download(sha256: string, { sizeBytes }: CheckedRelease, signal: AbortSignal): Promise<void> {
    let have = await this.store.partSize(sha256);
    if (have < sizeBytes) have = await this.#receive(sha256, have, sizeBytes, signal);
    if (have !== sizeBytes || !(await this.store.finish(sha256))) {
      await this.store.dropPart(sha256);
      throw new DomainError('model-digest-mismatch', {
        model: sha256,
        promisedBytes: sizeBytes,
        receivedBytes: have,
      });
    }
  }

  async #receive(sha256: string, have: number, sizeBytes: number, signal: AbortSignal): Promise<number> {
    this.client.assertReady();
    const response = await this.client.bytes(this.gate.request('siteModelBytes', sha256, have), signal);
    const from = response.status === 206 ? have : 0;
    if (response.status === 416 || response.body === null) return have;
    const received = await this.store.receive(
      sha256,
      from,
      sizeBytes,
      uncut(response.body as ReadableStream<Uint8Array>, this.patienceMs),
    );
    if (received !== undefined && received < sizeBytes)
      throw new DomainError('coordinator-unreachable', { reason: 'download cut' });
    return received ?? sizeBytes + 1;
  }
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
