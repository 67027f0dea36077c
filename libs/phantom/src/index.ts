export { FILM_CLASSES, type FilmClass } from './lesion/lesion.ts';
export { type Random, seededRandom } from './random.ts';
export { classIndex, cohort, type PhantomRecord } from './site/cohort.ts';
export { siteProfile, type SiteProfile, type SiteProfileInput } from './site/profile.ts';
export { contactSheet, type Tile } from './write/contact-sheet.ts';
export { eightBits, encodeFilm } from './write/encode-film.ts';
export { markFilms, type MarkOptions } from './write/mark-films.ts';
export { type MarkedFilm, writeFilms } from './write/write-films.ts';
export { writeSite } from './write/write-site.ts';
export {
  classifierHead,
  type ClassifierKind,
  harmonicInpainter,
  linearClassifier,
  plateauDetector,
  type ReferenceModel,
} from './models/reference-models.ts';
export { VARIANT_NAMES, variantDetector, type VariantName } from './models/detector-variants.ts';
export {
  CONVENTION_NAMES,
  conventionInpainter,
  type ConventionName,
} from './models/inpainter-conventions.ts';
export { type Dimension, type ElementType, OnnxGraph } from './models/onnx-graph.ts';
