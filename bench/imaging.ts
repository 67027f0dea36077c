// What pixel arithmetic costs per film, beside what sharp takes for a resize alone.
import {
  clipToRange,
  fitTransform,
  type GrayImage,
  grayImage,
  holePatches,
  isInert,
  markerMask,
  type ModelInputSpec,
  pasteHole,
  toModelInput,
} from '@sidemark/core/imaging';
import sharp from 'sharp';
import { type Contestant, race } from './measure.ts';

const ROUNDS = 21;

// the agent's own settings: one image at a time on one core
sharp.concurrency(1);
sharp.cache(false);

/** A 16-bit film: a diagonal ramp under noise from a linear congruential generator. */
function film(width: number, height: number): GrayImage {
  const pixels = new Uint16Array(width * height);
  let state = 1;
  for (let i = 0; i < pixels.length; i++) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    const ramp = ((i % width) + i / width) / (width + height);
    pixels[i] = 8000 + 40000 * ramp + (state >>> 20);
  }
  return grayImage(width, height, pixels, 16);
}

function inputSpec(
  side: number,
  given: Pick<ModelInputSpec, 'fit' | 'interpolation'> & Partial<ModelInputSpec>,
): ModelInputSpec {
  return {
    size: { h: side, w: side },
    antialias: true,
    roundSize: 'floor',
    intensity: { scale: 'minmax', out: [0, 1] },
    normalise: { order: 'scale-mean-std', scale: 1, mean: [0.5], std: [0.25] },
    layout: 'NCHW',
    channels: 1,
    ...given,
  };
}

/** sharp, 16 bits in and out: the resize, without range, intensity, padding or tensor. */
function sharpResize(image: GrayImage, spec: ModelInputSpec, kernel: 'linear' | 'cubic'): Contestant {
  const { width, height, pixels } = image;
  const { contentWidth, contentHeight } = fitTransform(image, spec.size, spec.fit, spec.roundSize);
  const input = Uint16Array.from(pixels);
  return {
    name: `sharp ${kernel} to ${contentWidth} x ${contentHeight}`,
    run: () =>
      sharp(input, { raw: { width, height, channels: 1 } })
        .toColourspace('grey16')
        .resize(contentWidth, contentHeight, { kernel, fit: 'fill' })
        .raw({ depth: 'ushort' })
        .toBuffer(),
  };
}

async function raceInputs(image: GrayImage, title: string): Promise<void> {
  const letterbox = inputSpec(512, { fit: 'letterbox-center', interpolation: 'bilinear' });
  const cubic = inputSpec(512, { fit: 'letterbox-center', interpolation: 'bicubic' });
  const stretch = inputSpec(256, { fit: 'stretch', interpolation: 'area' });
  const percentile: ModelInputSpec = {
    ...stretch,
    intensity: { scale: 'percentile', percentiles: [1, 99], out: [0, 1] },
  };
  const to512 = sharpResize(image, letterbox, 'linear');
  const to512cubic = sharpResize(image, cubic, 'cubic');
  const to256 = sharpResize(image, stretch, 'linear');
  const tensor = (name: string, spec: ModelInputSpec, { name: reference }: Contestant): Contestant => ({
    name,
    reference,
    run: () => toModelInput(image, spec),
  });
  await race(`${title}: tensor of a film`, ROUNDS, [
    to512,
    tensor('letterbox 512, bilinear', letterbox, to512),
    to512cubic,
    tensor('letterbox 512, bicubic', cubic, to512cubic),
    to256,
    tensor('stretch 256, area', stretch, to256),
    tensor('stretch 256, area, percentiles 1 to 99', percentile, to256),
  ]);
}

async function raceArms(image: GrayImage, title: string): Promise<void> {
  const { width } = image;
  const found = [60, width - 160].map((x1) => {
    const box = { x1, y1: 50, x2: x1 + 100, y2: 190 };
    return { box, maskBox: box, score: 1, label: 0 };
  });
  const policy = { scoreThreshold: 0.5, dilateMinPx: 4, dilateFraction: 0.1, maxAreaFraction: 0.08 };
  const mark = (): ReturnType<typeof markerMask> => markerMask(image, found, policy);
  const { mask, holes } = mark();
  const cut = (): ReturnType<typeof holePatches> =>
    holePatches(image, mask, holes, { patch: { h: 256, w: 256 } });
  const patches = cut();
  const paste = (): GrayImage =>
    patches.reduce((pasted, patch) => pasteHole(pasted, mask, patch, patch.image).image, image);
  const inpainted = paste();
  const reference = 'sharp linear to 256 x 256';
  await race(`${title}: arms, two markers of 100 x 140 px`, ROUNDS, [
    sharpResize(image, inputSpec(256, { fit: 'stretch', interpolation: 'area' }), 'linear'),
    { name: 'markerMask', reference, run: mark },
    { name: 'holePatches, 256 px', reference, run: cut },
    { name: 'pasteHole', reference, run: paste },
    { name: 'clipToRange', reference, run: () => clipToRange(image, inpainted) },
    { name: 'isInert', reference, run: () => isInert(image, { ...image, pixels: image.pixels.slice() }) },
  ]);
}

for (const [width, height] of [
  [1024, 1024],
  [2048, 2000],
] as const) {
  const title = `${width} x ${height}, 16 bits`;
  await raceInputs(film(width, height), title);
  await raceArms(film(width, height), title);
}
