// One film of a qualification pack as a file.
import type { PackBox } from '@sidemark/core/contract';

export interface PackFilmFile {
  readonly name: string;
  /** below the folder of the pack */
  readonly path: string;
  readonly sha256: string;
  /** outside of these the inpainted arm is compared bit for bit */
  readonly around: readonly PackBox[];
}
