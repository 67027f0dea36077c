// A pack of phantoms as the pipeline is asked about it.
import type { PackBox, ProtocolDocument } from '@sidemark/core/contract';
import type { ImageFile } from '../../inference/worker-messages.ts';
import type { LocalModels } from '../../models/local-model.ts';

/** One film of a pack, below its folder. */
export interface PackFilmFile extends ImageFile {
  readonly name: string;
  /** outside of these the inpainted arm is compared bit for bit */
  readonly around: readonly PackBox[];
}

export interface PackAsked {
  readonly protocol: ProtocolDocument;
  readonly models: LocalModels;
  /** absolute */
  readonly folder: string;
  readonly films: readonly PackFilmFile[];
  readonly workers: number;
  readonly signal?: AbortSignal;
}
