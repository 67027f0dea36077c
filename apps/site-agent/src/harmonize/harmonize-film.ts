// One film of a site, harmonized for the site: read, arms as in an evaluation, written. Runs inside an inference child.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import {
  type Box,
  type Detection,
  type GrayImage,
  markerCensus,
  type MarkerMask,
  NonFiniteError,
  range,
} from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import {
  DerivationRefusal,
  type DicomImage,
  DicomRefusal,
  storedPixels,
  writeDerived,
} from '@sidemark/dicom';
import { readFilmFile } from '../dataset/film/film-file.reader.ts';
import { encodePng } from '../dataset/film/film.writer.ts';
import { dicomFilm, filmKind, FilmRefusal, readFilm } from '../dataset/film/film.reader.ts';
import { systemCode, writeDurably } from '../platform/disk/durable-file.ts';
import { type ArmModels, makeArms, markersOn } from '../pipeline/image/markers/make-arms.ts';
import { derivationOf } from './derivation.ts';
import type { HarmonizePlan, HarmonizeTask } from './harmonize-plan.ts';
import type { HarmonizeAnswer, HarmonizedMarker, RefusedReason } from './harmonized-film.ts';

/**
 * Harmonizes one file and writes what it became.
 * @throws DomainError `disk-failed` where the output cannot be written; everything else is an answer
 */
export async function harmonizeFilm(
  task: HarmonizeTask,
  models: ArmModels,
  plan: HarmonizePlan,
): Promise<HarmonizeAnswer> {
  let harmonized: Harmonized;
  let source: string;
  try {
    const bytes = await readFilmFile(join(plan.in, task.path));
    if (!bytes) return { kind: 'refused', reason: 'not-a-file' };
    source = sha256(bytes);
    if (await isDone(task, source, plan)) return { kind: 'same' };
    harmonized = await harmonize(bytes, models, plan);
  } catch (error) {
    return { kind: 'refused', reason: reasonOf(error) };
  }
  const { file, extension, ...facts } = harmonized;
  const output =
    extension === undefined || task.path.toLowerCase().endsWith(extension)
      ? task.path
      : `${task.path}${extension}`;
  await writeDurably(join(plan.out, output), file);
  return { kind: 'written', output, source, written: sha256(file), ...facts };
}

interface Harmonized {
  file: Uint8Array;
  /** undefined: the name stays as it is */
  extension: '.png' | undefined;
  markers: HarmonizedMarker[];
  before: { min: number; max: number };
  after: { min: number; max: number };
  inert: boolean;
  review: 'marker-too-large' | null;
  foundAfter: number | null;
}

async function harmonize(bytes: Uint8Array, models: ArmModels, plan: HarmonizePlan): Promise<Harmonized> {
  const image = filmKind(bytes) === 'dicom' ? await dicomFilm(bytes) : undefined;
  const original = image ?? (await readFilm(bytes));
  const { found, marked, films, inert } = await makeArms(original, models, plan);
  const film = films[plan.arm];
  const needsReview = marked.rejected > 0;
  const foundAfter = inert[plan.arm] ? null : (await markersOn(film, models.detector, plan)).length;
  const done = {
    holes: needsReview ? 0 : marked.holes.length,
    inert: inert[plan.arm],
    needsReview,
    markersGone: foundAfter === 0,
  };
  const { labels } = models.detector.manifest;
  return {
    ...(await encode({ bytes, image, original, film }, plan, done)),
    markers: markersOf(original, found, needsReview ? undefined : marked, labels),
    inert: done.inert,
    review: needsReview ? 'marker-too-large' : null,
    foundAfter,
  };
}

interface Result {
  bytes: Uint8Array;
  /** the original, where it came from DICOM */
  image: DicomImage | undefined;
  original: GrayImage;
  film: GrayImage;
}

type Encoded = Pick<Harmonized, 'file' | 'extension' | 'before' | 'after'>;

/** A PNG or JPEG has no header to derive one from: it becomes a PNG. */
async function encode(
  { bytes, image, original, film }: Result,
  plan: HarmonizePlan,
  done: Parameters<typeof derivationOf>[1],
): Promise<Encoded> {
  if (plan.format === 'png' || !image) {
    const raised = ({ pixels, minValue }: GrayImage): { min: number; max: number } => {
      const { min, max } = range(pixels);
      return { min: min - minValue, max: max - minValue };
    };
    return { file: await encodePng(film), extension: '.png', before: raised(original), after: raised(film) };
  }
  return {
    file: await writeDerived({ bytes, image, film }, derivationOf(plan, done)),
    extension: undefined,
    before: range(image.stored.samples),
    after: range(storedPixels({ image, film })),
  };
}

/** @param marked undefined: no hole was made. @param labels of the detector */
function markersOf(
  film: GrayImage,
  found: readonly Detection[],
  marked: MarkerMask | undefined,
  labels: readonly string[],
): HarmonizedMarker[] {
  const facts = markerCensus(film, found);
  return found.map(({ box, label, score, maskBox }, at) => {
    const { look, size, intensity } = facts[at]!;
    const hole = marked?.holes.find(({ boxes }) => boxes.some((one) => holdsCentre(one, maskBox)));
    return {
      box,
      label: labels[label] ?? String(label),
      score,
      look,
      size,
      intensity,
      hole: hole?.area ?? 0,
    };
  });
}

function holdsCentre(outer: Box, { x1, y1, x2, y2 }: Box): boolean {
  const [x, y] = [(x1 + x2) / 2, (y1 + y2) / 2];
  return x >= outer.x1 && x < outer.x2 && y >= outer.y1 && y < outer.y2;
}

async function isDone({ known }: HarmonizeTask, source: string, { out }: HarmonizePlan): Promise<boolean> {
  if (known?.source !== source) return false;
  const bytes = await readFile(join(out, known.output)).catch(() => undefined);
  return bytes !== undefined && sha256(bytes) === known.written;
}

function reasonOf(error: unknown): RefusedReason {
  if (error instanceof FilmRefusal) return error.reason;
  if (error instanceof DerivationRefusal) return error.problem;
  if (error instanceof DicomRefusal) return 'bad-geometry';
  if (error instanceof NonFiniteError) return 'non-finite-output';
  return systemCode(error) === undefined ? 'inference-failed' : 'unreadable';
}
