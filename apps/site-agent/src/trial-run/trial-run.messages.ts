// What is asked of the child that tries a model on one film, and what it answers. The picture is written by the child.
import type { Box } from '@sidemark/core/imaging';
import type { DetectorManifest } from '@sidemark/core/contract';
import type { LocalModel } from '../models/local-model.ts';

export interface TrialRun {
  readonly model: LocalModel;
  /** absolute path of the film */
  readonly film: string;
  /** absolute path of the PNG to write */
  readonly out?: string;
  /** of an inpainter: where the hole is, px of the film */
  readonly box?: Box;
  /** of an inpainter: what finds the holes */
  readonly detector?: LocalModel<DetectorManifest>;
}

export interface FoundBox extends Box {
  readonly score: number;
  readonly label: string;
}

export interface FilmFacts {
  readonly width: number;
  readonly height: number;
  readonly bits: number;
}

/** Numbers of one film, for the person who asked. */
export type TrialAnswer = { readonly film: FilmFacts } & (
  | { readonly role: 'detector'; readonly threshold: number; readonly boxes: readonly FoundBox[] }
  | {
      readonly role: 'inpainter';
      readonly holes: readonly Box[];
      /** too large for the usual mask policy, and left as they are */
      readonly refusedBoxes: number;
      readonly changedPixels: number;
      readonly holePixels: number;
      /** outside the holes: always 0 */
      readonly changedOutside: number;
    }
  | {
      readonly role: 'classifier';
      readonly outputs: readonly {
        readonly label: string;
        readonly logit: number;
        readonly probability: number;
      }[];
      /** of what is judged; undefined for a multi-class model */
      readonly decision?: {
        readonly label: string;
        readonly logit: number;
        readonly threshold: number;
        readonly positive: boolean;
      };
      /** label of the class that a multi-class model predicts */
      readonly predicted?: string;
      /** why there is none, in place of one */
      readonly map: { readonly method: string; readonly width: number; readonly height: number } | null;
      /** pixels of the film */
      readonly lesionPixels?: number;
    }
);
