// What the header of a harmonized film says was done to it.
import { sha256 } from '@sidemark/core/signing';
import type { Derivation } from '@sidemark/dicom';
import { agentVersion } from '../platform/versions.ts';
import type { LocalModel } from '../models/local-model.ts';
import type { HarmonizePlan } from './harmonize-plan.ts';
import type { HarmonizeArm } from './harmonized-film.ts';

/** DICOM CID 7203 (Image Derivation) has a code for a mask and none for a clip, so that one is ours. */
const codes = {
  inpainted: { value: '113047', scheme: 'DCM', meaning: 'Pixel by pixel mask' },
  clipped: {
    value: 'CLIP',
    scheme: '99SIDEMARK',
    meaning: 'Values limited to the range of the masked image',
  },
} satisfies Record<HarmonizeArm, Derivation['code']>;

const series = { inpainted: 'side markers inpainted', clipped: 'side markers clipped' } as const;

export interface Done {
  readonly holes: number;
  readonly inert: boolean;
  readonly needsReview: boolean;
  /** the detector looked at the result and found no marker */
  readonly markersGone: boolean;
}

export function derivationOf({ models, arm, maskPolicy }: HarmonizePlan, done: Done): Derivation {
  const { detector, inpainter } = models;
  const recipe = [arm, detector.sha256, inpainter.sha256, sha256(Buffer.from(JSON.stringify(maskPolicy)))];
  const tools = [detector, inpainter].map((one) => `${nameOf(one)} (sha256 ${one.sha256})`).join(', ');
  return {
    recipe: recipe.join(' '),
    description: `Sidemark: ${sentence(arm, done)}; ${tools}`,
    code: codes[arm],
    series: series[arm],
    software: [`sidemark ${agentVersion}`, nameOf(detector), nameOf(inpainter)].map((name) =>
      name.slice(0, 64),
    ),
    nothingBurnedIn: done.markersGone && !done.inert,
  };
}

function sentence(arm: HarmonizeArm, { holes, inert, needsReview }: Done): string {
  if (needsReview) return 'pixels as in the source, a box was too large to be a side marker';
  if (holes === 0) return 'pixels as in the source, no side marker was found';
  if (arm === 'inpainted') return `side markers inpainted in ${holes} ${holes === 1 ? 'hole' : 'holes'}`;
  if (inert)
    return 'pixels as in the source, none is brighter or darker than the image without its side markers';
  return 'values clipped to the range of the image without its side markers';
}

const nameOf = ({ manifest: { name, version } }: LocalModel): string => `${name}@${version}`;
