// Brings the models of a protocol to this machine: release checked first, bytes resumed where they were cut, and no
// byte used before the whole file has its digest.
import type { Manifest, ModelRef, ModelRole, ProtocolDocument, ReleasedModel } from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import { modelLimits } from '@sidemark/core/onnx';
import type { EgressGate } from '../egress/gate.ts';
import type { CoordinatorTrust } from '../identity/coordinator-trust.ts';
import type { CoordinatorClient } from '../link/coordinator.client.ts';
import { type BlobWay, fetchBlob } from './blob-fetch.ts';
import type { LocalModel, LocalModels } from './local-model.ts';
import type { ModelStore } from './model.store.ts';
import { checkRelease } from './release-check.ts';

export class ModelFetcher {
  constructor(
    private readonly client: CoordinatorClient,
    private readonly gate: EgressGate,
    private readonly trust: CoordinatorTrust,
    private readonly store: ModelStore,
    private readonly patienceMs?: number,
  ) {}

  /**
   * Every model of the protocol, ready to load.
   * @throws DomainError `release-invalid`, `model-too-large`, `model-digest-mismatch`, `coordinator-unreachable`, `disk-failed`
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

  get #way(): Omit<BlobWay, 'route'> {
    const { client, gate, store, patienceMs } = this;
    return { client, gate, store, ...(patienceMs === undefined ? {} : { patienceMs }) };
  }

  async #fetch<R extends ModelRole>(
    ref: ModelRef,
    role: R,
    signal: AbortSignal,
  ): Promise<LocalModel<Extract<Manifest, { role: R }>>> {
    const released = await this.#released(ref.sha256, signal);
    const checked = checkRelease(released, ref, role, this.trust);
    // the release says how large the file is: what no guard would pass is not fetched
    if (checked.sizeBytes > modelLimits.bytes)
      throw new DomainError('model-too-large', { limitBytes: modelLimits.bytes });
    await fetchBlob({ ...this.#way, route: 'siteModelBytes' }, ref.sha256, checked.sizeBytes, signal);
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
}
