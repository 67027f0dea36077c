// A pack of phantoms as the pipeline is asked about it.
import type { ProtocolDocument } from '@sidemark/core/contract';
import type { LocalModels } from '../../models/local-model.ts';
import type { PackFilmFile } from './pack-film.ts';

export interface PackAsked {
  readonly protocol: ProtocolDocument;
  readonly models: LocalModels;
  /** absolute */
  readonly folder: string;
  readonly films: readonly PackFilmFile[];
  readonly workers: number;
  readonly signal?: AbortSignal;
}
