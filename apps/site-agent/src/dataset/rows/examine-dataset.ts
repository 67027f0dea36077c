// From a folder and its labels to rows that can be registered, and every reason why a row cannot.
import { realpath } from 'node:fs/promises';
import { join, sep } from 'node:path';
import type { SkipReason } from '@sidemark/core/contract';
import { viewOf } from '@sidemark/core/imaging';
import { sha256 } from '@sidemark/core/signing';
import { DomainError } from '@sidemark/core/errors';
import { readFilmFile } from '../film/film-file.reader.ts';
import { FilmRefusal, inspectFilm, type InspectedFilm, readMask } from '../film/film.reader.ts';
import { inParallel } from './in-parallel.ts';
import { ageOf, type DraftRow, type LabelColumns, labelRows } from './label-rows.ts';
import { readLabels } from './labels.reader.ts';
import { type DatasetRow, inDatasetOrder } from '../registered-dataset.ts';
import type { ProblemCode, RowProblem } from './row-problems.ts';
import { toVendor } from '../vendor.ts';
import { repeatedFiles, repeatedPaths, splitConflicts } from './row-conflicts.ts';

const FILES_AT_ONCE = 4;

export interface ExamineRequest {
  folder: string;
  csv: string;
  columns: LabelColumns;
}

export interface ExaminedDataset {
  /** absolute, links resolved */
  folder: string;
  /** rows without a problem, in dataset order */
  rows: DatasetRow[];
  /** in the order of the file */
  problems: RowProblem[];
  /** rows that were looked at */
  considered: number;
}

/** What a refused film is called in the list of problems; every other reason: `file-unreadable`. */
const problemOf: Partial<Record<SkipReason, ProblemCode>> = {
  'unsupported-syntax': 'file-unsupported',
  'multi-frame': 'file-unsupported',
  'bad-geometry': 'file-geometry',
};

interface ProgressOfFiles {
  (done: number, total: number): void;
}

/**
 * Reads the labels, opens every file, and compares the rows with each other.
 * @throws DomainError `dataset-problems` when the folder or the labels file cannot be opened at all
 */
export async function examineDataset(
  request: ExamineRequest,
  onFile: ProgressOfFiles = () => undefined,
): Promise<ExaminedDataset> {
  const folder = await openFolder(request.folder);
  const labels = labelRows(await readLabels(request.csv), request.columns);
  const problems = [...labels.problems, ...repeatedPaths(labels.drafts), ...splitConflicts(labels.drafts)];
  const opened: (DatasetRow & { row: number })[] = [];
  let done = 0;
  await inParallel(FILES_AT_ONCE, labels.drafts, async (draft) => {
    const found = await openRow(folder, draft);
    if ('code' in found) problems.push(found);
    else opened.push(found);
    onFile(++done, labels.drafts.length);
  });
  opened.sort((a, b) => a.row - b.row);
  problems.push(...repeatedFiles(opened));
  problems.sort((a, b) => a.row - b.row);
  const bad = new Set(problems.map((problem) => problem.row));
  const good = opened.filter(({ row }) => !bad.has(row)).map(({ row: _row, ...rest }) => rest);
  return { folder, rows: inDatasetOrder(good), problems, considered: labels.considered };
}

async function openFolder(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (cause) {
    throw new DomainError('dataset-problems', { reason: 'the folder cannot be opened' }, { cause });
  }
}

async function openMask(
  path: string,
  { width, height }: { width: number; height: number },
): Promise<{ maskSha256: string } | { code: ProblemCode }> {
  try {
    const bytes = await readFilmFile(path);
    if (!bytes) return { code: 'file-missing' };
    const mask = await readMask(bytes);
    const fits = mask.width === width && mask.height === height;
    return fits ? { maskSha256: sha256(bytes) } : { code: 'mask-size' };
  } catch (error) {
    if (!(error instanceof FilmRefusal)) throw error;
    return { code: 'mask-unreadable' };
  }
}

/** What the labels leave open and a DICOM header knows. */
function saidByHeader(draft: DraftRow, film: InspectedFilm): Partial<DraftRow> {
  const view = draft.view ?? (film.view === undefined ? undefined : viewOf(film.view));
  const sex = draft.sex ?? (film.sex === undefined || film.sex === '' ? undefined : film.sex);
  const age = draft.age ?? (film.age === undefined ? undefined : ageOf(film.age));
  const vendor = draft.vendor ?? toVendor(film.manufacturer);
  return {
    ...(view === undefined ? {} : { view }),
    ...(sex === undefined ? {} : { sex }),
    ...(age === undefined ? {} : { age }),
    ...(vendor === undefined ? {} : { vendor }),
  };
}

async function openRow(
  folder: string,
  draft: DraftRow,
): Promise<(DatasetRow & { row: number }) | RowProblem> {
  // by its row alone: names of files and folders often hold names of patients
  const refuse = (code: ProblemCode, detail?: string): RowProblem =>
    detail === undefined ? { row: draft.row, code } : { row: draft.row, code, detail };
  for (const path of [draft.path, ...(draft.mask === undefined ? [] : [draft.mask])]) {
    const real = await realpath(join(folder, path)).catch(() => undefined);
    if (real === undefined) return refuse('file-missing');
    if (!real.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`)) return refuse('path-outside');
  }
  try {
    const bytes = await readFilmFile(join(folder, draft.path));
    if (!bytes) return refuse('file-missing');
    const film = await inspectFilm(bytes);
    const row = { ...draft, ...saidByHeader(draft, film), sha256: sha256(bytes) };
    if (draft.mask === undefined) return row;
    const mask = await openMask(join(folder, draft.mask), film);
    return 'code' in mask ? refuse(mask.code) : { ...row, ...mask };
  } catch (error) {
    if (!(error instanceof FilmRefusal)) throw error;
    return refuse(problemOf[error.reason] ?? 'file-unreadable', error.message);
  }
}
