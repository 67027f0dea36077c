// `changes.csv`: what was changed where, one row a marker; a film without any has one row too.
import type { HarmonizeArm, HarmonizedFilm, HarmonizedMarker, WrittenFilm } from './harmonized-film.ts';

export const changesName = 'changes.csv';

const columns = [
  ...['file', 'output', 'arm', 'marker', 'label', 'score', 'x1', 'y1', 'x2', 'y2', 'hole_px'],
  ...['look', 'size', 'intensity'],
  ...['min_before', 'max_before', 'min_after', 'max_after', 'inert', 'markers_after', 'review', 'refused'],
] as const;

export interface HarmonizedFile {
  /** below the input folder */
  readonly path: string;
  readonly film: HarmonizedFilm;
}

/** With a header, in the order of the files; lines end as RFC 4180 has them. */
export function changesCsv(files: readonly HarmonizedFile[], arm: HarmonizeArm): string {
  const rows = files.flatMap(({ path, film }) => rowsOf(path, film, arm));
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('');
}

type Cell = string | number | boolean | null;

function rowsOf(path: string, film: HarmonizedFilm, arm: HarmonizeArm): Cell[][] {
  if (film.kind === 'refused') return [[path, null, arm, ...nothing(18), film.reason]];
  const markers = film.markers.length > 0 ? film.markers : [undefined];
  return markers.map((marker, k) => [
    path,
    film.output,
    arm,
    ...markerCells(marker, k),
    ...filmCells(film),
    null,
  ]);
}

const nothing = (cells: number): null[] => Array.from({ length: cells }, () => null);

function markerCells(marker: HarmonizedMarker | undefined, k: number): Cell[] {
  if (!marker) return [0, ...nothing(10)];
  const { box, label, score, hole, look, size, intensity } = marker;
  const corners = [box.x1, box.y1, box.x2, box.y2].map((at) => Math.round(at * 10) / 10);
  const [sure, large, bright] = [score, size, intensity].map((value) => Math.round(value * 1000) / 1000);
  return [k + 1, label, sure!, ...corners, hole, look, large!, bright!];
}

function filmCells({ before, after, inert, foundAfter, review }: WrittenFilm): Cell[] {
  return [before.min, before.max, after.min, after.max, inert, foundAfter, review];
}

/** A spreadsheet computes what begins with = + - @ unless it is a number: file names are of others. */
function cell(value: Cell): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
