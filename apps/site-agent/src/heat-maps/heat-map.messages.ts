// What is asked of the child that draws the heat maps of one film, and what it drew. The pictures are written by the child.
import type { Arm, SkipReason } from '@sidemark/core/contract';

/** Beside the task of an evaluation. */
export interface HeatTask {
  /** of the dataset, from 1 */
  readonly row: number;
  /** absolute path of a folder */
  readonly out: string;
  /** ids of the protocol, parallel to the classifiers of the plan */
  readonly ids: readonly string[];
  /** the film before and after inpainting is drawn, too */
  readonly inpainting: boolean;
}

export interface HeatMapFacts {
  readonly classifier: string;
  readonly arm: Arm;
  /** label that the map explains */
  readonly label: string;
  /** name of the PNG; null where the map came out as no number */
  readonly file: string | null;
}

export interface FilmHeat {
  readonly row: number;
  /** why there is no map of the film at all */
  readonly skipped: SkipReason | null;
  /** name of the PNG of the film before and after inpainting; null where it was not asked for */
  readonly inpainting: string | null;
  /** an arm that is bit for bit another one has the file of that one */
  readonly maps: readonly HeatMapFacts[];
}
