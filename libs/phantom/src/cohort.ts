// The films of one site, one after another; nothing is kept in memory.
import type { Box, GrayImage } from '@sidemark/core/imaging';
import { drawFilm } from './film.ts';
import { FILM_CLASSES, type FilmClass } from './lesion.ts';
import { drawMarker, type MarkerStyle } from './markers.ts';
import { type Random, seededRandom } from './random.ts';
import { classAt, DEFAULT_FILM_SIZE, requireProfile, type SiteProfile } from './site.ts';

export interface PhantomRecord {
  /** unique within the site, extension by format */
  fileName: string;
  /** 1 = any lesion, 0 = none */
  label: 0 | 1;
  class: FilmClass;
  className: (typeof FILM_CLASSES)[FilmClass];
  patientId: string;
  view: 'PA' | 'AP';
  sex: 'F' | 'M';
  /** whole years */
  age: number;
  /** fixed per patient, so that no patient is on both sides */
  split: 'train' | 'test';
  /** bone white, 12 bits, marker drawn in */
  film: GrayImage;
  /** what was drawn, undefined without a marker */
  marker: { box: Box; style: MarkerStyle } | undefined;
}

interface Patient {
  id: string;
  sex: 'F' | 'M';
  age: number;
  split: 'train' | 'test';
  films: number;
}

const EXTENSION = { png8: 'png', png16: 'png', dicom: 'dcm', jpeg: 'jpg' } as const;

/**
 * Yields `site.n` films; film k depends on the seed and k only, so a longer cohort starts with the shorter one.
 * @throws RangeError when the profile does not hold together
 */
export function* cohort(site: SiteProfile): Generator<PhantomRecord> {
  requireProfile(site);
  const random = seededRandom(`${site.seed}/${site.name}`);
  const people = random.fork('people');
  for (let k = 0, number = 0; k < site.n; number++) {
    const patient = drawPatient(site, number, people);
    for (let i = 0; i < patient.films && k < site.n; i++, k++)
      yield record(site, patient, k, random.fork(`film ${k}`));
  }
}

function drawPatient(site: SiteProfile, number: number, people: Random): Patient {
  return {
    id: `${site.name}-p${String(number).padStart(5, '0')}`,
    sex: people.chance(0.5) ? 'F' : 'M',
    age: Math.floor(people.between(20, 90)),
    split: people.chance(0.5) ? 'train' : 'test',
    films: people.chance(site.patientsWithSeveralImages) ? 2 + Math.floor(people.next() * 2) : 1,
  };
}

function record(site: SiteProfile, patient: Patient, k: number, random: Random): PhantomRecord {
  const kind = classAt(site, random.fork('class').next());
  const film = drawFilm(
    {
      size: site.filmSize ?? DEFAULT_FILM_SIZE,
      class: kind,
      strength: site.strength * random.fork('strength').between(0.6, 1),
      gamma: site.gamma,
      noise: site.noise,
    },
    random,
  );
  const placing = random.fork('marker');
  const marked = placing.chance(site.markerProbabilityGivenLabel[kind]);
  const { id, sex, age, split } = patient;
  return {
    fileName: `${site.name}-${String(k).padStart(5, '0')}.${EXTENSION[site.format]}`,
    label: kind === 0 ? 0 : 1,
    class: kind,
    className: FILM_CLASSES[kind],
    patientId: id,
    view: random.fork('view').chance(0.8) ? 'PA' : 'AP',
    sex,
    age,
    split,
    film,
    marker: marked ? mark(site, film, placing) : undefined,
  };
}

function mark(site: SiteProfile, film: GrayImage, placing: Random): { box: Box; style: MarkerStyle } {
  const letter = site.corner.endsWith('left') ? 'R' : 'L';
  const style: MarkerStyle = { ...site.marker, letter, corner: site.corner };
  const offset = { u: placing.between(-0.02, 0.02), v: placing.between(-0.02, 0.02) };
  return { box: drawMarker(film, style, offset), style };
}
