// Runs the reference models in a process of its own (tensors made inside jest's realm are not accepted by
// onnxruntime) and prints what it measured as one JSON line. Used by reference-models.spec.ts only.
import {
  canaryMask,
  canaryTensor,
  decodeDetections,
  holePatches,
  iou,
  markerMask,
  pasteHole,
  range,
  suppressAcrossClasses,
  toModelInput,
} from '@sidemark/core/imaging';
import { stdout } from 'node:process';
import { InferenceSession, Tensor } from 'onnxruntime-node';
import { cohort, type PhantomRecord } from '../site/cohort.ts';
import {
  harmonicInpainter,
  linearClassifier,
  plateauDetector,
  type ReferenceModel,
} from '../models/reference-models.ts';
import { siteProfile, type SiteProfile } from '../site/profile.ts';

type Outputs = Record<string, ArrayLike<number | bigint>>;
type Runner = (data: Float32Array, mask?: Float32Array) => Promise<Outputs>;

async function open({ bytes, manifest }: ReferenceModel): Promise<Runner> {
  const session = await InferenceSession.create(bytes, { intraOpNumThreads: 1, interOpNumThreads: 1 });
  const { name, size } = manifest.input.image;
  const dims = [1, 1, size.h, size.w];
  return async (data, mask) => {
    const feeds: Record<string, Tensor> = { [name]: new Tensor('float32', data, dims) };
    if (mask) feeds['mask'] = new Tensor('float32', mask, dims);
    const results = await session.run(feeds);
    return Object.fromEntries(
      Object.entries(results).map(([key, tensor]) => [key, tensor.data as ArrayLike<number | bigint>]),
    );
  };
}

/** Largest excess of |got - wanted| over atol + rtol |wanted|; at most 0 when all canaries pass. */
async function canaryExcess(model: ReferenceModel): Promise<number> {
  const run = await open(model);
  let worst = -Infinity;
  for (const one of model.manifest.canary) {
    const { data } = canaryTensor(one.pattern, model.manifest.input.image, one.range);
    const mask =
      model.manifest.role === 'inpainter' ? canaryMask(model.manifest.input.image.size) : undefined;
    const results = await run(data, mask);
    for (const [name, { indices, values }] of Object.entries(one.outputs)) {
      indices.forEach((index, k) => {
        const wanted = values[k]!;
        const error = Math.abs(Number(results[name]![index]) - wanted);
        worst = Math.max(worst, error - one.atol - one.rtol * Math.abs(wanted));
      });
    }
  }
  return worst;
}

const TOP = 0.09;

/** A letter in one corner, on seven films of ten. */
function site(name: string, side: 'right' | 'left', y: number, size: number): SiteProfile {
  return siteProfile({
    name,
    seed: 'measure',
    films: 10,
    film: { side: 320 },
    prevalence: { opacity: 0.3, effusion: 0.3 },
    strength: [0.4, 0.6],
    patients: { severalFilms: 0 },
    markers: {
      protocols: [
        {
          name: 'letter',
          pieces: [
            {
              look: 'digital',
              side,
              share: 0.7,
              size: [size, size],
              level: [0.98, 0.98],
              x: [TOP, TOP],
              y: [y, y],
            },
          ],
        },
      ],
    },
  });
}

const SITES = [
  site('a', 'right', TOP, 0.08),
  site('b', 'left', TOP, 0.07),
  site('c', 'left', 1 - TOP, 0.06),
  site('d', 'right', 1 - TOP, 0.1),
];
const POLICY = { scoreThreshold: 0.5, dilateMinPx: 4, dilateFraction: 0.1, maxAreaFraction: 0.08 };

async function* everyFilm(): AsyncGenerator<PhantomRecord> {
  for (const profile of SITES) yield* cohort(profile);
}

/** Detector and inpainter on phantom films: found markers, false boxes, and the brightest value left in each hole. */
async function measureFilms() {
  const detect = await open(plateauDetector());
  const inpaint = await open(harmonicInpainter());
  const found = { films: 0, markers: 0, hits: 0, falseBoxes: 0, saturatedAfter: 0, changedOutside: 0 };
  for await (const { film, markers } of everyFilm()) {
    const [marker] = markers;
    const input = toModelInput(film, plateauDetector().manifest.input.image);
    const tensors = await detect(input.data);
    const outputs = ['boxes', 'scores', 'labels'].map((semantic) => {
      const data = Float32Array.from(tensors[semantic] as ArrayLike<number | bigint>, Number);
      return { semantic, data, dims: semantic === 'boxes' ? [data.length / 4, 4] : [data.length] };
    });
    const detections = suppressAcrossClasses(
      decodeDetections(outputs, input.transform, {
        decode: { variant: 'nms-xyxy-padded' },
        classes: 1,
        threshold: POLICY.scoreThreshold,
      }),
    );
    const hit = marker && detections.some(({ box }) => iou(box, marker.box) > 0.5);
    found.films++;
    found.markers += marker ? 1 : 0;
    found.hits += hit ? 1 : 0;
    found.falseBoxes += detections.length - (hit ? 1 : 0);
    const { mask, holes } = markerMask(film, detections, POLICY);
    let cleaned = film;
    for (const patch of holePatches(film, mask, holes, { patch: { h: 256, w: 256 } })) {
      const { inpainted } = await inpaint(patch.image, patch.mask);
      cleaned = pasteHole(cleaned, mask, patch, inpainted as Float32Array).image;
    }
    if (hit && range(cleaned.pixels).max >= 0.97 * 4095) found.saturatedAfter++;
    found.changedOutside += mask.filter(
      (hole, i) => hole === 0 && film.pixels[i] !== cleaned.pixels[i],
    ).length;
  }
  return found;
}

const models = [
  plateauDetector(),
  harmonicInpainter(),
  linearClassifier('original'),
  linearClassifier('inpainted'),
  linearClassifier('three-class'),
];
const canaries: Record<string, number> = {};
for (const model of models) canaries[model.manifest.name] = await canaryExcess(model);
stdout.write(JSON.stringify({ canaries, films: await measureFilms() }));
