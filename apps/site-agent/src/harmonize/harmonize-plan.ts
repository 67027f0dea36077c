// What an inference child needs to know to harmonize films of a folder.
import type { ProtocolDocument } from '@sidemark/core/contract';
import type { LocalModels } from '../models/local-model.ts';
import type { HarmonizeArm, HarmonizeFormat } from './harmonized-film.ts';

export interface HarmonizePlan {
  /** absolute */
  readonly in: string;
  /** absolute */
  readonly out: string;
  readonly models: Pick<LocalModels, 'detector' | 'inpainter'>;
  readonly arm: HarmonizeArm;
  readonly format: HarmonizeFormat;
  readonly maskPolicy: ProtocolDocument['maskPolicy'];
}

export interface HarmonizeTask {
  /** below the input folder */
  readonly path: string;
  /** digests of an earlier run: where both still hold, nothing is done */
  readonly known?: { readonly source: string; readonly output: string; readonly written: string };
}
