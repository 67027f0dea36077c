import { describe, expect, it } from '@jest/globals';
import { DetectorManifest, MaskPolicy, Tiling } from '@sidemark/core/contract';
import { type Detection, grayImage } from '@sidemark/core/imaging';
import type { LoadedModel } from '../../../inference/load-model.ts';
import { localDetector } from '../../test-support/tiny-models.ts';
import { temporaryFolder } from '../../test-support/tiny-study.ts';
import { findMarkers, maskOf, thresholdOf } from './find-markers.ts';

const SIDE = 128;

/** Dark, with a saturated square of 4 px at (60, 60). */
function film() {
  const pixels = new Uint16Array(SIDE * SIDE).fill(1000);
  for (let y = 60; y < 64; y++) pixels.fill(4095, y * SIDE + 60, y * SIDE + 64);
  return grayImage(SIDE, SIDE, pixels, 12);
}

/** Without onnxruntime: one box round what is at full white, if anything is; `seen` holds the brightest of each view. */
async function brightest(seen: number[]): Promise<LoadedModel<DetectorManifest>> {
  const { manifest: tiny } = await localDetector(await temporaryFolder());
  const manifest = DetectorManifest.parse({ ...tiny, labels: ['left', 'right'] });
  manifest.input.image.intensity = { ...manifest.input.image.intensity, scale: 'minmax', out: [0, 1] };
  const { w, h } = manifest.input.image.size;
  const runAll: LoadedModel['runAll'] = ({ data }) => {
    seen.push(data.reduce((most, value) => Math.max(most, value), 0));
    const white = [...data.keys()].filter((i) => data[i]! > 0.99);
    const [xs, ys] = [white.map((i) => i % w), white.map((i) => Math.floor(i / w))];
    const box =
      white.length > 0 && data.length === w * h
        ? [Math.min(...xs), Math.min(...ys), Math.max(...xs) + 1, Math.max(...ys) + 1]
        : [0, 0, 0, 0];
    // both letters, as a detector that cannot make up its mind
    return Promise.resolve([
      { name: 'boxes', semantic: 'boxes', data: Float32Array.from([...box, ...box]), dims: [1, 2, 4] },
      { name: 'scores', semantic: 'scores', data: Float32Array.of(0.9, 0.99), dims: [1, 2] },
      { name: 'labels', semantic: 'labels', data: Float32Array.of(0, 1), dims: [1, 2] },
    ]);
  };
  return { manifest, runAll, run: () => Promise.reject(new Error('not asked')) };
}

describe('findMarkers', () => {
  it('looks at tiles with the greys of the film, and finds in them what is averaged away on the whole', async () => {
    const seen: number[] = [];
    const detector = await brightest(seen);
    // one white pixel, a sixteenth of a pixel of the detector's, on a slope
    const small = film();
    for (let i = 0; i < small.pixels.length; i++) small.pixels[i] = 1000 + (i % SIDE);
    small.pixels[60 * SIDE + 60] = 4095;
    expect(await findMarkers(small, detector, 0.5)).toEqual([]);
    seen.length = 0;
    const tiling = Tiling.parse({ scale: 1, overlap: 0, wholeFilm: false });
    const box = { x1: 60, y1: 60, x2: 61, y2: 61 };
    expect(await findMarkers(small, detector, 0.5, { tiling })).toEqual([
      { box, maskBox: box, score: expect.closeTo(0.99, 5) as unknown, label: 1 },
    ]);
    // 16 tiles; all but one are dark, although each has a range of its own
    expect(seen).toHaveLength(16);
    expect(seen.filter((most) => most > 0.1)).toHaveLength(1);
  });
});

describe('maskOf', () => {
  const box = { x1: 58, y1: 58, x2: 66, y2: 66 };
  const found: Detection[] = [{ box, maskBox: box, score: 0.9, label: 0 }];
  const areaWith = (policy: object, threshold = 0.5): number[] =>
    maskOf(film(), found, {
      policy: MaskPolicy.parse({ scoreThreshold: null, ...policy }),
      threshold,
    }).holes.map(({ area }) => area);

  it('draws the dilated box in version 1, and in version 2 unless it is to be refined', () => {
    expect(areaWith({ version: 1 })).toEqual([16 * 16]);
    expect(areaWith({ version: 2 })).toEqual([16 * 16]);
  });

  it('draws what is bright, grown by 3 px, where version 2 says so', () => {
    expect(areaWith({ version: 2, refine: { method: 'otsu' } })).toEqual([10 * 10]);
    expect(areaWith({ version: 2, refine: { method: 'otsu', growPx: 0 } })).toEqual([4 * 4]);
  });

  it('leaves alone what scores below the threshold', () => {
    expect(areaWith({ version: 2 }, 0.95)).toEqual([]);
  });
});

describe('thresholdOf', () => {
  it('is the protocol’s, or the one shipped with the detector', async () => {
    const { manifest } = await localDetector(await temporaryFolder());
    expect(thresholdOf(MaskPolicy.parse({ version: 2, scoreThreshold: 0.4 }), manifest)).toBe(0.4);
    expect(thresholdOf(MaskPolicy.parse({ version: 1, scoreThreshold: null }), manifest)).toBe(0.98);
  });
});
