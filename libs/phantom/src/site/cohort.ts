// The films of one site, one after another; nothing is kept in memory.
import { FILM_CLASSES, type FilmClass } from '../lesion/lesion.ts';
import { chooseProtocol, placeMarkers } from '../markers/place.ts';
import { type Random, seededRandom } from '../random.ts';
import { drawFilm, type Film } from './film.ts';
import { classAt, type SiteProfile } from './profile.ts';

/** Patients for training are in one of five folds; the others are for tests alone. */
export type PhantomSplit = `fold-${number}` | 'test';

const FOLDS = 5;
const foldOf = (patient: number): PhantomSplit => `fold-${(patient % FOLDS) + 1}`;

export interface PhantomRecord extends Film {
  /** unique within the site, extension by format */
  fileName: string;
  /** 1 = any lesion, 0 = none */
  label: 0 | 1;
  class: FilmClass;
  patientId: string;
  view: 'PA' | 'AP';
  sex: 'F' | 'M';
  /** whole years */
  age: number;
  /** fixed per patient, so that no patient is on both sides */
  split: PhantomSplit;
  /** name of the marker protocol, undefined at a site without any */
  protocol: string | undefined;
}

interface Patient {
  id: string;
  sex: 'F' | 'M';
  age: number;
  split: PhantomSplit;
  films: number;
}

const EXTENSION = { png8: 'png', png16: 'png', dicom: 'dcm', jpeg: 'jpg' } as const;

/** Position of a class in FILM_CLASSES. */
export function classIndex(kind: FilmClass): number {
  return FILM_CLASSES.indexOf(kind);
}

/**
 * Yields `site.films` films; film k depends on the profile and k only, so a longer cohort starts with the shorter one.
 * @param part draws every `of`-th film beginning with `index`, for several processes side by side
 */
export async function* cohort(
  site: SiteProfile,
  part: { index: number; of: number } = { index: 0, of: 1 },
): AsyncGenerator<PhantomRecord> {
  const random = seededRandom(`${site.seed}/${site.name}`);
  const people = random.fork('people');
  for (let k = 0, number = 0; k < site.films; number++) {
    const patient = drawPatient(site, number, people);
    for (let i = 0; i < patient.films && k < site.films; i++, k++) {
      if (k % part.of === part.index) yield await record(site, patient, k, random.fork(`film ${k}`));
    }
  }
}

function drawPatient(site: SiteProfile, number: number, people: Random): Patient {
  const { female, age, severalFilms, trained } = site.patients;
  return {
    id: `${site.name}-p${String(number).padStart(5, '0')}`,
    sex: people.chance(female) ? 'F' : 'M',
    age: Math.floor(people.between(...age)),
    split: people.chance(trained) ? foldOf(number) : 'test',
    films: people.chance(severalFilms) ? 2 + Math.floor(people.next() * 2) : 1,
  };
}

async function record(
  site: SiteProfile,
  patient: Patient,
  k: number,
  random: Random,
): Promise<PhantomRecord> {
  const kind = classAt(site, random.fork('class').next());
  const { side } = site.film;
  const { correlation, protocols } = site.markers;
  const protocol = chooseProtocol(protocols, correlation, kind, random.fork('protocol'));
  const markers = protocol
    ? await placeMarkers(protocol, { width: side, height: side }, random.fork('marker'))
    : [];
  const { id, sex, age, split } = patient;
  return {
    fileName: `${site.name}-${String(k).padStart(5, '0')}.${EXTENSION[site.film.format]}`,
    label: kind === 'none' ? 0 : 1,
    class: kind,
    patientId: id,
    view: random.fork('view').chance(0.8) ? 'PA' : 'AP',
    sex,
    age,
    split,
    protocol: protocol?.name,
    ...drawFilm(site, patient, kind, markers, random),
  };
}
