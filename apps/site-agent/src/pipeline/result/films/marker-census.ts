// The census of a site's markers as it may leave: films in cells that hold the floor, and means over films.
import { censusGrid, type MarkerCensus, type ShareMoments } from '@sidemark/core/contract';
import { gridCell } from '@sidemark/core/imaging';
import { disclosedList, disclosedMoments, type PatientCell } from '@sidemark/core/stats';
import { isTooFew } from '../../../policy/floors.ts';
import type { MarkerFacts } from '../../image/image-outcome.ts';
import type { CommonSet } from '../common-set.ts';

type Films = Pick<CommonSet, 'rows' | 'images'>;

/** One film with its markers, and whose it is. */
interface MarkedFilm {
  readonly markers: readonly MarkerFacts[];
  readonly patient: number;
}

/**
 * Undefined for images that an agent without census evaluated. A film with two markers of one kind counts once in its
 * cell, and once in each cell that it has a marker in: as if the cells added up to a sum that is known, which hides more
 * than is needed and never less.
 * @param floor patients, >= 1; at 1 nothing is withheld
 */
export function markerCensus({ rows, images }: Films, floor: number): MarkerCensus | undefined {
  const patients = new Map<string, number>();
  const films: MarkedFilm[] = [];
  for (const [i, { census }] of images.entries()) {
    if (!census) return undefined;
    const { patient } = rows[i]!;
    const number = patients.get(patient) ?? patients.size;
    patients.set(patient, number);
    if (census.length > 0) films.push({ markers: census, patient: number });
  }
  const cellsOf = (has: readonly ((marker: MarkerFacts) => boolean)[]): PatientCell[] =>
    has.map((holds) => cellOf(films, holds));
  const letters = cellsOf(
    ['left', 'right', 'other'].map(
      (one) =>
        ({ letter }) =>
          letter === one,
    ),
  );
  const [left, right, other] = disclosedList(letters, floor);
  const looks = cellsOf(
    ['digital', 'lead'].map(
      (one) =>
        ({ look }) =>
          look === one,
    ),
  );
  const [digital, lead] = disclosedList(looks, floor);
  return {
    letters: { left: left!, right: right!, other: other! },
    looks: { digital: digital!, lead: lead! },
    map: mapOf(films, floor),
    size: momentsOf(films, ({ size }) => size, floor),
    intensity: momentsOf(films, ({ intensity }) => intensity, floor),
  };
}

/** Neither rows nor columns are told, so that only the whole is a sum that others could know. */
function mapOf(films: readonly MarkedFilm[], floor: number): MarkerCensus['map'] {
  const side = Array.from({ length: censusGrid }, (_, i) => i);
  const grid = side.flatMap((row) =>
    side.map((column) =>
      cellOf(films, ({ x, y }) => gridCell(y, censusGrid) === row && gridCell(x, censusGrid) === column),
    ),
  );
  const shown = disclosedList(grid, floor);
  return side.map((row) => shown.slice(row * censusGrid, (row + 1) * censusGrid));
}

function cellOf(films: readonly MarkedFilm[], holds: (marker: MarkerFacts) => boolean): PatientCell {
  const own = films.filter(({ markers }) => markers.some(holds));
  return { images: own.length, patients: own.map(({ patient }) => patient) };
}

/** One number a film: the mean over its markers. */
function momentsOf(
  films: readonly MarkedFilm[],
  valueOf: (marker: MarkerFacts) => number,
  floor: number,
): ShareMoments {
  const patients = new Set(films.map(({ patient }) => patient)).size;
  if (isTooFew(patients, floor)) return { kind: 'not-estimable', reason: 'too-few-affected' };
  const means = films.map(
    ({ markers }) => markers.reduce((sum, one) => sum + valueOf(one), 0) / markers.length,
  );
  const found = disclosedMoments(means);
  if (found.kind !== 'estimate') return { kind: 'not-estimable', reason: found.reason };
  const { n: images, mean, variance } = found.value;
  return { kind: 'moments', films: { images, patients }, mean, variance };
}
