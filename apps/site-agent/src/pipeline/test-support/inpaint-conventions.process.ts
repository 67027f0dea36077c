// Fills one hole with the inpainter of every convention, in a process of its own: onnxruntime does not run inside jest.
// Prints one JSON object a convention.
import { DomainError } from '@sidemark/core/errors';
import { grayImage, markerMask } from '@sidemark/core/imaging';
import { CONVENTION_NAMES, type ConventionName } from '@sidemark/phantom';
import { firstCanaryFailure } from '../../inference/canary.ts';
import { loadModel } from '../../inference/load-model.ts';
import { inpaintHoles } from '../image/markers/inpaint-markers.ts';
import { localConvention } from './inpainter-conventions.ts';
import { temporaryFolder } from './tiny-study.ts';

const FILM = 64;
const film = grayImage(
  FILM,
  FILM,
  Uint16Array.from({ length: FILM * FILM }, (_, i) => 1000 + (i % FILM) * 10),
  12,
);
const box = { x1: 28, y1: 28, x2: 36, y2: 36 };
for (let y = box.y1; y < box.y2; y++) film.pixels.fill(4095, y * FILM + box.x1, y * FILM + box.x2);
const marked = markerMask(film, [{ box, maskBox: box, score: 1, label: 0 }], {
  ...{ scoreThreshold: 0, dilateMinPx: 4, dilateFraction: 0, maxAreaFraction: 1 },
});
const folder = await temporaryFolder();

/** What a wrong word in the manifest ends in. */
const wrong: Partial<Record<ConventionName, object>> = {
  lama: { outRange: [0, 1] },
  'mi-gan': { outRange: [0, 128] },
  deepfill: { holeContent: 'kept' },
  'deepfill-4096': { outRange: [-1, 1] },
  edgeconnect: { holeContent: 'zero' },
  'float16-known': { outDtype: 'uint8' },
};

async function fillOf(name: ConventionName, change = {}): Promise<object> {
  try {
    const model = await loadModel(await localConvention(folder, name, change));
    const canary = await firstCanaryFailure(model);
    const { image, clamped } = await inpaintHoles(film, marked, model);
    const inside = image.pixels.filter((_, i) => marked.mask[i] === 1);
    const outside = image.pixels.filter((value, i) => marked.mask[i] === 0 && value !== film.pixels[i]);
    return {
      canary: canary?.reason ?? canary?.output ?? null,
      low: Math.min(...inside),
      high: Math.max(...inside),
      clamped,
      changedOutside: outside.length,
    };
  } catch (error) {
    return { refused: error instanceof DomainError ? error.code : String(error) };
  }
}

for (const name of CONVENTION_NAMES) {
  const answer = { name, right: await fillOf(name), wrong: await fillOf(name, wrong[name]) };
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
