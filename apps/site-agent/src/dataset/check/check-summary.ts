// A checked folder in counts. No name of a file or a patient is in it: what a terminal shows is often kept.
import type { SkipReason } from '@sidemark/core/contract';
import { floorsMet } from '../../policy/floors.ts';
import { countClassPatients, type DatasetRow } from '../registered-dataset.ts';
import type { LabelRows } from '../rows/label-rows.ts';
import { countByCode } from '../rows/row-problems.ts';
import type { CheckedFile } from './check-folder.ts';
import { findDuplicates } from './duplicates.ts';
import type { FilmFacts } from './file-facts.ts';

export interface CheckSummary {
  files: number;
  films: number;
  byFormat: { syntax: string; bits: number; films: number }[];
  byPolarity: { declared: string; polarity: FilmFacts['polarity']; films: number }[];
  byView: { view: FilmFacts['view']; hanging: FilmFacts['hanging']; films: number }[];
  skipped: { reason: SkipReason; detail: string; syntax: string; files: number }[];
  warnings: { warning: Warning; films: number }[];
  duplicates: {
    kind: 'same pixels' | 'nearly the same picture';
    films: number;
    groups: number;
    patients: number | null;
  }[];
  labels: LabelSummary | null;
  floor: { patients: number; met: boolean | null };
}

export interface LabelSummary {
  rows: number;
  problems: { problem: string; rows: number }[];
  /** rows without a problem whose film can be read */
  usable: number;
  rowsWithoutFile: number;
  rowsWithoutFilm: number;
  filmsWithoutRow: number;
  classes: { name: string; films: number; patients: number }[];
}

/** What each warning is of, and what to do. */
export const warnings = {
  inverted: 'bone is black: the file declares the wrong polarity; correct it, or let the protocol do so',
  'polarity undecided':
    'look at the film: no upright chest, another part of the body, or hardly any contrast',
  mirrored: 'Patient Orientation says so; export it again, or let the protocol correct it',
  rotated: 'Patient Orientation says so; export it again, or let the protocol correct it',
  lateral: 'classifiers of frontal films do not fit; most protocols skip it',
  'one side named': 'Image Laterality names one side on a frontal chest; check that the tag is right',
  overlay: 'a marker may lie in the overlay, which is never burnt in',
  colour: 'a colour capture, made grey; rarely a radiograph',
} as const;
export type Warning = keyof typeof warnings;

/** What is wrong with one film. */
export function warningsOf(film: FilmFacts): Warning[] {
  const mirrored = film.hanging === 'mirrored' || film.hanging === 'rotated-mirrored';
  const rotated = film.hanging === 'rotated' || film.hanging === 'rotated-mirrored';
  const lateral = film.view === 'LATERAL';
  const found: Record<Warning, boolean> = {
    // the polarity of lateral films was never measured
    inverted: film.polarity === 'inverted' && !lateral,
    'polarity undecided': film.polarity === 'undecided' && !lateral,
    mirrored,
    rotated,
    lateral,
    'one side named': film.oneSided,
    overlay: film.overlay,
    colour: /^(RGB|YBR|PALETTE)/.test(film.declared),
  };
  return (Object.keys(found) as Warning[]).filter((warning) => found[warning]);
}

/** @param floor fewest patients in each class that the site's policy asks for */
export function summarise(
  files: readonly CheckedFile[],
  labels: LabelRows | undefined,
  floor: number,
): CheckSummary {
  // a view that the labels name counts more than the header's, as at registration
  const viewOf = new Map(labels?.drafts.map(({ path, view }) => [path, view]));
  const films = files.flatMap(({ path, facts }) =>
    facts.kind === 'film' ? [{ path, facts: { ...facts, view: viewOf.get(path) ?? facts.view } }] : [],
  );
  const skipped = files.flatMap(({ facts }) => (facts.kind === 'skipped' ? [facts] : []));
  const facts = films.map((film) => film.facts);
  const patientOf = new Map(labels?.drafts.map(({ path, patient }) => [path, patient]));
  const { same, near } = findDuplicates(facts);
  const group = (groups: readonly (readonly number[])[]) => {
    const all = groups.flat().map((index) => patientOf.get(films[index]!.path));
    const patients = labels ? new Set(all.filter((one) => one !== undefined)).size : null;
    return { films: all.length, groups: groups.length, patients };
  };
  const labelled = labels && summariseLabels(labels, files);
  return {
    files: files.length,
    films: films.length,
    byFormat: tally(facts, ({ syntax, bits }) => ({ syntax, bits })),
    byPolarity: tally(facts, ({ declared, polarity }) => ({ declared, polarity })),
    byView: tally(facts, ({ view, hanging }) => ({ view, hanging })),
    skipped: tally(skipped, ({ reason, detail, syntax }) => ({ reason, detail, syntax })).map(
      ({ films: count, ...rest }) => ({ ...rest, files: count }),
    ),
    warnings: tally(facts.flatMap(warningsOf), (warning) => ({ warning })),
    duplicates: [
      { kind: 'same pixels' as const, ...group(same) },
      { kind: 'nearly the same picture' as const, ...group(near) },
    ].filter(({ groups }) => groups > 0),
    labels: labelled?.summary ?? null,
    floor: { patients: floor, met: labelled ? floorsMet(labelled.classPatients, floor) : null },
  };
}

function summariseLabels(
  { drafts, problems, considered }: LabelRows,
  files: readonly CheckedFile[],
): { summary: LabelSummary; classPatients: Record<string, number> } {
  const kinds = new Map(files.map(({ path, facts }) => [path, facts.kind]));
  const usable = drafts.filter(({ path }) => kinds.get(path) === 'film');
  const rows: DatasetRow[] = usable.map(({ row: _row, ...draft }) => ({ ...draft, sha256: '' }));
  const classPatients = countClassPatients(rows);
  const named = new Set(drafts.map(({ path }) => path));
  const inClass = (key: string): number =>
    rows.filter(({ label, class: of }) => key === `${label}` || key === `class:${of}`).length;
  const summary = {
    rows: considered,
    problems: [...countByCode(problems)].map(([problem, count]) => ({ problem, rows: count })),
    usable: usable.length,
    rowsWithoutFile: drafts.filter(({ path }) => !kinds.has(path)).length,
    rowsWithoutFilm: drafts.filter(({ path }) => kinds.get(path) === 'skipped').length,
    filmsWithoutRow: files.filter(({ path, facts }) => facts.kind === 'film' && !named.has(path)).length,
    classes: Object.entries(classPatients).map(([name, patients]) => ({
      name,
      films: inClass(name),
      patients,
    })),
  };
  return { summary, classPatients };
}

/** Equal keys counted, most frequent first. */
function tally<T, K extends object>(items: readonly T[], keyOf: (item: T) => K): (K & { films: number })[] {
  const counts = new Map<string, K & { films: number }>();
  for (const item of items) {
    const key = keyOf(item);
    const text = JSON.stringify(key);
    const known = counts.get(text);
    if (known) known.films++;
    else counts.set(text, { ...key, films: 1 });
  }
  return [...counts.values()].sort(
    (a, b) => b.films - a.films || (JSON.stringify(a) < JSON.stringify(b) ? -1 : 1),
  );
}
