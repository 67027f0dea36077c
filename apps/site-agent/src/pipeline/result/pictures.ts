// What a classifier drew on each image of a common set, as the disclosure rules see it: a print that tells equal pictures,
// and a size that tells large changes from small ones. Neither depends on a label.
import type { CommonSet } from './common-set.ts';

export interface Picture {
  readonly of: 'segmentation' | 'activation map';
  /** parallel to the common set; 0: empty, or none is compared */
  readonly prints: readonly number[];
  /** pixels predicted, or the mass in the marker */
  readonly sizes: readonly number[];
}

/** @param classifier @param arm indices of the protocol */
export function picturesOf({ images }: CommonSet, classifier: number, arm: number): Picture[] {
  const segmented = images.map((image) => image.segmented?.[classifier]?.[arm]);
  const mapped = images.map((image) => image.mapped?.[classifier]?.[arm]);
  const pictures: Picture[] = [
    {
      of: 'segmentation',
      prints: segmented.map((one) => one?.print ?? 0),
      sizes: segmented.map((one) => (one ? one.tp + one.fp : 0)),
    },
    {
      of: 'activation map',
      prints: mapped.map((one) => one?.print ?? 0),
      sizes: mapped.map((one) => one?.shares?.marker ?? 0),
    },
  ];
  const given = { segmentation: segmented, 'activation map': mapped };
  return pictures.filter(({ of }) => given[of].some((one) => one !== undefined));
}
