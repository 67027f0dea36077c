export { cohort, type PhantomRecord } from './cohort.ts';
export { drawFilm, FILM_BITS, type FilmSpec } from './film.ts';
export { FILM_CLASSES, type FilmClass } from './lesion.ts';
export { type Corner, drawMarker, type MarkerStyle } from './markers.ts';
export { type Random, seededRandom } from './random.ts';
export { DEFAULT_FILM_SIZE, requireProfile, type SiteProfile } from './site.ts';
export { encodeFilm, writeSite } from './write-site.ts';
export {
  classifierHead,
  type ClassifierKind,
  harmonicInpainter,
  linearClassifier,
  plateauDetector,
  type ReferenceModel,
} from './models/reference-models.ts';
