// Ways to fill the holes of a film: the model under test and what it must beat.
import type { InpainterManifest } from '@sidemark/core/contract';
import { baselineFill, type GrayImage, type MarkerMask } from '@sidemark/core/imaging';
import type { LoadedModel } from '../../../apps/site-agent/src/inference/load-model.ts';
import { inpaintMarkers } from '../../../apps/site-agent/src/pipeline/image/markers/inpaint-markers.ts';

export type Fill = (film: GrayImage, marked: MarkerMask) => Promise<GrayImage> | GrayImage;

export function fills(inpainter: LoadedModel<InpainterManifest>): Record<string, Fill> {
  return {
    [inpainter.manifest.name]: (film, marked) => inpaintMarkers(film, marked, inpainter),
    'harmonic fill': (film, marked) => baselineFill(film, marked, 'harmonic'),
    'border median': (film, marked) => baselineFill(film, marked, 'border-median'),
    blackout: (film, marked) => baselineFill(film, marked, 'blackout'),
  };
}
