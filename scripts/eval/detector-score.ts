// How well detections answer annotations: pure, no model and no files.
import { type Box, boxArea, type Detection, dilateBox, iou } from '@sidemark/core/imaging';
import { wilson } from '@sidemark/core/stats';
import type { AnnotatedFilm, Annotation } from './annotated-films.ts';

/** A letter is found when a detection overlaps it by this IoU ... */
const FOUND_IOU = 0.3;
/** ... and covered when one dilated detection holds this share of its box. */
const COVERED_SHARE = 0.9;
/** A detection whose centre lies this close to an annotated box is no false positive, native px. */
const NEAR_PX = 10;
/** The house's mask policy. */
const DILATE = { minPx: 4, fraction: 0.1 };

export interface ScoredMarker extends Pick<Annotation, 'type' | 'box'> {
  found: boolean;
  covered: boolean;
}

export interface ScoredFilm {
  path: string;
  site: string;
  /** letters that name a side */
  markers: ScoredMarker[];
  /** detections on nothing that was annotated */
  falsePositives: Box[];
}

export interface Rate {
  n: number;
  value: number;
  interval: readonly [number, number];
}

export interface Summary {
  films: number;
  markers: number;
  recall: Rate;
  coverage: Rate;
  falsePositivesPerFilm: Rate;
}

export function scoreFilm(film: AnnotatedFilm, detections: readonly Detection[]): ScoredFilm {
  const letters = film.annotations.filter(({ text }) => text !== 'other');
  return {
    path: film.path,
    site: film.site,
    markers: letters.map(({ box, type }) => ({
      box,
      type,
      found: detections.some((one) => iou(one.box, box) >= FOUND_IOU),
      covered: detections.some((one) => share(box, one.maskBox) >= COVERED_SHARE),
    })),
    falsePositives: detections
      .filter((one) => !film.annotations.some(({ box }) => holdsCentre(box, one.box)))
      .map(({ box }) => box),
  };
}

/** Share of a box inside a detection as the mask policy dilates it. */
function share(box: Box, detected: Box): number {
  const grown = dilateBox(detected, DILATE.minPx, DILATE.fraction);
  const x1 = Math.max(box.x1, grown.x1);
  const y1 = Math.max(box.y1, grown.y1);
  const inside = {
    x1,
    y1,
    x2: Math.max(x1, Math.min(box.x2, grown.x2)),
    y2: Math.max(y1, Math.min(box.y2, grown.y2)),
  };
  return boxArea(inside) / boxArea(box);
}

function holdsCentre(annotated: Box, detected: Box): boolean {
  const x = (detected.x1 + detected.x2) / 2;
  const y = (detected.y1 + detected.y2) / 2;
  return (
    x >= annotated.x1 - NEAR_PX &&
    x <= annotated.x2 + NEAR_PX &&
    y >= annotated.y1 - NEAR_PX &&
    y <= annotated.y2 + NEAR_PX
  );
}

/** Wilson 95 % intervals for shares; for a mean count, the mean +- 1.96 standard errors over films. */
export function summarise(films: readonly ScoredFilm[]): Summary {
  const markers = films.flatMap((film) => film.markers);
  return {
    films: films.length,
    markers: markers.length,
    recall: proportion(markers.filter(({ found }) => found).length, markers.length),
    coverage: proportion(markers.filter(({ covered }) => covered).length, markers.length),
    falsePositivesPerFilm: meanCount(films.map(({ falsePositives }) => falsePositives.length)),
  };
}

/** Recall and coverage of the markers of one type. */
export function byType(films: readonly ScoredFilm[]): { type: string; recall: Rate; coverage: Rate }[] {
  const markers = films.flatMap((film) => film.markers);
  const types = [...new Set(markers.map(({ type }) => type))].sort();
  return types.map((type) => {
    const some = markers.filter((one) => one.type === type);
    return {
      type,
      recall: proportion(some.filter(({ found }) => found).length, some.length),
      coverage: proportion(some.filter(({ covered }) => covered).length, some.length),
    };
  });
}

function proportion(hits: number, n: number): Rate {
  if (n === 0) return { n, value: NaN, interval: [NaN, NaN] };
  return { n, value: hits / n, interval: wilson(hits, n) };
}

function meanCount(counts: readonly number[]): Rate {
  const n = counts.length;
  const mean = counts.reduce((sum, count) => sum + count, 0) / n;
  const variance = counts.reduce((sum, count) => sum + (count - mean) ** 2, 0) / Math.max(1, n - 1);
  const half = 1.96 * Math.sqrt(variance / n);
  return { n, value: mean, interval: [Math.max(0, mean - half), mean + half] };
}
