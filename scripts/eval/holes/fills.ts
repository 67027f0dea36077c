// Ways to fill the holes of a film: the model under test and what it must beat.
import type { InpainterManifest } from '@sidemark/core/contract';
import { type GrayImage, harmonicFill, type MarkerMask } from '@sidemark/core/imaging';
import type { LoadedModel } from '../../../apps/site-agent/src/inference/load-model.ts';
import { inpaintMarkers } from '../../../apps/site-agent/src/pipeline/image/inpaint-markers.ts';

export type Fill = (film: GrayImage, marked: MarkerMask) => Promise<GrayImage> | GrayImage;

/** Ring around a hole whose median the border fill takes, px. */
const RING = 6;

export function fills(inpainter: LoadedModel<InpainterManifest>): Record<string, Fill> {
  return {
    [inpainter.manifest.name]: (film, marked) => inpaintMarkers(film, marked, inpainter),
    'harmonic fill': (film, { mask }) => harmonicFill(film, mask),
    'border median': borderMedian,
    blackout: (film, { mask }) => painted(film, mask, () => film.minValue),
  };
}

function borderMedian(film: GrayImage, { mask, holes }: MarkerMask): GrayImage {
  let image = film;
  for (const { box } of holes) {
    const ring: number[] = [];
    for (let y = Math.max(0, box.y1 - RING); y < Math.min(film.height, box.y2 + RING); y++) {
      for (let x = Math.max(0, box.x1 - RING); x < Math.min(film.width, box.x2 + RING); x++) {
        if (mask[y * film.width + x] === 0) ring.push(film.pixels[y * film.width + x]!);
      }
    }
    ring.sort((a, b) => a - b);
    const median = ring[ring.length >> 1] ?? film.minValue;
    image = painted(image, mask, (x, y) =>
      x >= box.x1 && x < box.x2 && y >= box.y1 && y < box.y2 ? median : image.pixels[y * image.width + x]!,
    );
  }
  return image;
}

function painted(film: GrayImage, mask: Uint8Array, value: (x: number, y: number) => number): GrayImage {
  const pixels = film.pixels.slice();
  mask.forEach((hole, i) => {
    if (hole === 1) pixels[i] = value(i % film.width, Math.floor(i / film.width));
  });
  return { ...film, pixels };
}
