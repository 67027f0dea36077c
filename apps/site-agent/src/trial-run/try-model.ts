// One model on one film: numbers for the person who asked, and a picture where one is wanted. Runs inside an inference
// child, with the very steps of an evaluation.
import { readFile } from 'node:fs/promises';
import {
  type ClassifierManifest,
  decisionThreshold,
  type DetectorManifest,
  type InpainterManifest,
  mapMethodOf,
} from '@sidemark/core/contract';
import { DomainError } from '@sidemark/core/errors';
import {
  type Box,
  type Detection,
  type GrayImage,
  markerMask,
  NonFiniteError,
  predictedMask,
  toModelInput,
} from '@sidemark/core/imaging';
import { FilmRefusal, readFilm } from '../dataset/film/film.reader.ts';
import { writePicture } from '../dataset/film/picture.writer.ts';
import { type LoadedModel, loadModel } from '../inference/load-model.ts';
import type { LocalModel } from '../models/local-model.ts';
import { classify } from '../pipeline/image/scores/classify.ts';
import { findMarkers } from '../pipeline/image/markers/find-markers.ts';
import { inpaintMarkers } from '../pipeline/image/markers/inpaint-markers.ts';
import { explainedLabel } from '../pipeline/image/scores/logits.ts';
import type { Canvas } from './canvas.ts';
import { boxesPicture, heatPicture, inpaintedPicture } from './trial-picture.ts';
import type { TrialAnswer, TrialRun } from './trial-run.messages.ts';

/** The mask policy of a protocol that says nothing. */
const policy = { dilateMinPx: 4, dilateFraction: 0.1, maxAreaFraction: 0.08 };

type Tried = [answer: TrialAnswer, picture: () => Canvas];

/**
 * @throws DomainError `film-refused`; what loading a model refuses; `model-unloadable` when it does not answer as its
 * manifest says; `disk-failed` when the picture cannot be written
 */
export async function tryModel(run: TrialRun): Promise<TrialAnswer> {
  const film = await filmAt(run.film);
  try {
    const [answer, picture] = await tried(run, film);
    if (run.out !== undefined) await writePicture(run.out, picture());
    return answer;
  } catch (cause) {
    if (cause instanceof DomainError) throw cause;
    const { name, version } = run.model.manifest;
    const reason =
      cause instanceof NonFiniteError
        ? 'its answer on this film is not a finite number'
        : cause instanceof Error
          ? (cause.message.split('\n')[0] ?? '').slice(0, 300)
          : 'unknown';
    throw new DomainError('model-unloadable', { model: `${name}@${version}`, reason }, { cause });
  }
}

async function filmAt(path: string): Promise<GrayImage> {
  try {
    return await readFilm(await readFile(path));
  } catch (cause) {
    const refused =
      cause instanceof FilmRefusal
        ? { detail: cause.message, countedAs: cause.reason }
        : { detail: 'there is no file that can be read' };
    throw new DomainError('film-refused', refused, { cause });
  }
}

async function tried(run: TrialRun, film: GrayImage): Promise<Tried> {
  const { model } = run;
  const { manifest } = model;
  switch (manifest.role) {
    case 'detector':
      return tryDetector(await loadModel({ ...model, manifest }), film);
    case 'inpainter':
      return tryInpainter(await loadModel({ ...model, manifest }), film, run);
    case 'classifier':
      return tryClassifier(await loadModel({ ...model, manifest }), film);
  }
}

const factsOf = ({ width, height, bitsStored }: GrayImage): TrialAnswer['film'] => ({
  width,
  height,
  bits: bitsStored,
});

async function tryDetector(detector: LoadedModel<DetectorManifest>, film: GrayImage): Promise<Tried> {
  const { labels, thresholds } = detector.manifest;
  const found = await findMarkers(film, detector, thresholds.score);
  const boxes = found.map(({ box, score, label }) => ({ ...box, score, label: labels[label] ?? `${label}` }));
  return [
    { role: 'detector', film: factsOf(film), threshold: thresholds.score, boxes },
    () =>
      boxesPicture(
        film,
        boxes,
        found.map(({ label }) => label),
      ),
  ];
}

async function tryInpainter(
  inpainter: LoadedModel<InpainterManifest>,
  film: GrayImage,
  { box, detector }: TrialRun,
): Promise<Tried> {
  const marked = box
    ? markerMask(film, [asked(box)], {
        scoreThreshold: 0,
        dilateMinPx: 0,
        dilateFraction: 0,
        maxAreaFraction: 1,
      })
    : await foundHoles(film, detector);
  const after = await inpaintMarkers(film, marked, inpainter);
  const changed = { inside: 0, outside: 0 };
  for (let i = 0; i < film.pixels.length; i++)
    if (film.pixels[i] !== after.pixels[i]) changed[marked.mask[i] === 1 ? 'inside' : 'outside']++;
  const holes = marked.holes.map((hole) => hole.box);
  return [
    {
      role: 'inpainter',
      film: factsOf(film),
      holes,
      refusedBoxes: marked.rejected,
      changedPixels: changed.inside,
      holePixels: marked.mask.reduce((sum, one) => sum + one, 0),
      changedOutside: changed.outside,
    },
    () => inpaintedPicture(film, after, holes),
  ];
}

const asked = (box: Box): Detection => ({ box, maskBox: box, score: 1, label: 0 });

async function foundHoles(
  film: GrayImage,
  detector: LocalModel<DetectorManifest> | undefined,
): Promise<ReturnType<typeof markerMask>> {
  if (!detector) throw new RangeError('an inpainter needs a box or a detector');
  const scoreThreshold = detector.manifest.thresholds.score;
  const found = await findMarkers(film, await loadModel(detector), scoreThreshold);
  return markerMask(film, found, { scoreThreshold, ...policy });
}

async function tryClassifier(classifier: LoadedModel<ClassifierManifest>, film: GrayImage): Promise<Tried> {
  const { manifest } = classifier;
  const { decode } = manifest;
  const { logits, outputs, map } = await classify(classifier, toModelInput(film, manifest.input.image));
  const threshold = decisionThreshold(manifest);
  const method = mapMethodOf(manifest);
  const label = explainedLabel(logits, manifest);
  const answer: TrialAnswer = {
    role: 'classifier',
    film: factsOf(film),
    outputs: allOutputs(manifest, outputs, logits),
    ...(decode.variant === 'multiclass'
      ? { predicted: label }
      : {
          decision: {
            label,
            logit: logits[0]!,
            threshold,
            positive: logits[0]! >= threshold,
          },
        }),
    map: map && method ? { method, width: map.width, height: map.height } : null,
    ...(decode.variant === 'multitask' && outputs.seg
      ? { lesionPixels: lesionPixels(outputs.seg, film, decode.seg) }
      : {}),
  };
  return [answer, () => heatPicture([{ film, maps: [map] }])];
}

/** Every number that the model gave, by its label. */
function allOutputs(
  { decode, labels }: ClassifierManifest,
  { logits, probs }: Awaited<ReturnType<typeof classify>>['outputs'],
  ranked: readonly number[],
): { label: string; logit: number; probability: number }[] {
  const given = logits ?? probs!;
  const logit = (p: number): number => Math.log(p) - Math.log1p(-p);
  const finite = (value: number): number => Math.max(-1e3, Math.min(1e3, value));
  if (decode.variant === 'multilabel')
    return Array.from(given.data, (value, i) => {
      const l = finite(logits ? value : logit(value));
      return { label: labels[i]!, logit: l, probability: 1 / (1 + Math.exp(-l)) };
    });
  if (decode.variant === 'multiclass') {
    const most = Math.max(...ranked);
    const sum = ranked.reduce((total, one) => total + Math.exp(one - most), 0);
    return ranked.map((one, i) => ({
      label: labels[i]!,
      logit: one,
      probability: Math.exp(one - most) / sum,
    }));
  }
  const [only] = ranked;
  return [{ label: labels[0] ?? 'positive', logit: only!, probability: 1 / (1 + Math.exp(-only!)) }];
}

function lesionPixels(
  { data, dims }: { data: Float32Array; dims: readonly number[] },
  film: GrayImage,
  seg: Parameters<typeof predictedMask>[3],
): number {
  const mask = predictedMask(data, { width: dims[3]!, height: dims[2]! }, film, seg);
  return mask.reduce((sum, one) => sum + one, 0);
}
