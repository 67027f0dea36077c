// The side markers of a site in numbers and in words, for the site: counts of films as they are, nothing withheld.
import { gridCell } from '@sidemark/core/imaging';
import { moments } from '@sidemark/core/stats';
import { table } from '@sidemark/terminal';
import type { ImageOutcome, MarkerFacts } from '../pipeline/image/image-outcome.ts';

const letters = ['left', 'right', 'other'] as const;
const looks = ['digital', 'lead'] as const;
const rows = ['upper', 'middle', 'lower'] as const;
const columns = ['left third', 'centre', 'right third'] as const;

export interface SiteCensus {
  /** films whose markers are known */
  films: number;
  marked: number;
  letters: Record<(typeof letters)[number], number>;
  looks: Record<(typeof looks)[number], number>;
  /** films with a marker's centre in each ninth, rows from the top; left and right as the film is seen */
  place: number[][];
  /** means over marked films of what a film's markers have on average; null without any */
  size: number | null;
  intensity: number | null;
  /** of each film, in the order of the journal */
  markers: MarkerFacts[][];
}

/** @param outcomes of a journal; films that could not be scored, and those of an agent without census, are left out */
export function siteCensus(outcomes: readonly ImageOutcome[]): SiteCensus {
  const markers = outcomes.flatMap((one) => (one.kind === 'scored' && one.census ? [one.census] : []));
  const marked = markers.filter(({ length }) => length > 0);
  const films = (holds: (one: MarkerFacts) => boolean): number =>
    marked.filter((of) => of.some(holds)).length;
  const mean = (value: (one: MarkerFacts) => number): number | null => {
    const found = moments(marked.map((of) => of.reduce((sum, one) => sum + value(one), 0) / of.length));
    return found.kind === 'estimate' ? found.value.mean : null;
  };
  const [left, right, other] = letters.map((letter) => films((one) => one.letter === letter));
  const [digital, lead] = looks.map((look) => films((one) => one.look === look));
  return {
    films: markers.length,
    marked: marked.length,
    letters: { left: left!, right: right!, other: other! },
    looks: { digital: digital!, lead: lead! },
    place: rows.map((_, row) =>
      columns.map((__, column) => films(({ x, y }) => gridCell(y, 3) === row && gridCell(x, 3) === column)),
    ),
    size: mean(({ size }) => size),
    intensity: mean(({ intensity }) => intensity),
    markers,
  };
}

/** Without the films one by one. */
export function censusText(census: SiteCensus): string {
  if (census.films === 0)
    return 'The journal of this job holds no census: it was deleted, or no film is done yet.';
  const percent = (share: number | null): string => (share === null ? '-' : `${(100 * share).toFixed(1)} %`);
  const counts: [string, number][] = [
    ['films', census.films],
    ['with a marker', census.marked],
    ['  left', census.letters.left],
    ['  right', census.letters.right],
    ['  other', census.letters.other],
    ['  digital (one grey)', census.looks.digital],
    ['  lead', census.looks.lead],
  ];
  return [
    table(
      ['', 'films'],
      counts.map(([what, n]) => [what, String(n)]),
      ['left', 'right'],
    ),
    table(
      ['marker in the', ...columns],
      census.place.map((cells, row) => [rows[row]!, ...cells.map(String)]),
      ['left', 'right', 'right', 'right'],
    ),
    `size ${percent(census.size)} of the film’s longer side, brightness ${percent(census.intensity)} of its range`,
  ].join('\n');
}
