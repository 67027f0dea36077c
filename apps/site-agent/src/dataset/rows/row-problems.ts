// Everything that can be wrong with a row of labels, and what to do about it.

export const problemRemedies = {
  'column-missing': 'add the column, or name the one that holds it (--label-column, --patient-column, ...)',
  'column-repeated': 'give each column its own name',
  'column-unknown': 'correct its name, or say that further columns are fine: --allow-extra-columns',
  'cell-count': 'give the row as many cells as the header; quote cells that hold the separator',
  'path-empty': 'name the image file, relative to the folder',
  'path-outside':
    'name a file inside the folder; absolute paths, .. and links that leave it are not followed',
  'path-repeated': 'keep one row for each file',
  'file-missing': 'put the file there, or correct the path',
  'file-unreadable': 'export the file again: it cannot be opened as PNG, JPEG or DICOM',
  'file-geometry':
    'export the file again: no radiograph has such a size or such bit fields (at most 8192 x 8192 pixels, 256 MiB)',
  'file-unsupported': 'give PNG, JPEG or single-frame DICOM in a syntax that is read (docs/site-guide.md)',
  'file-repeated': 'keep one copy: another row holds the very same bytes',
  'file-two-labels': 'decide on one label: rows with the very same bytes disagree',
  'label-empty': 'give 0 or 1',
  'label-invalid': 'give 0 or 1',
  'patient-empty': 'name the patient (any stable pseudonym): variances are by patient',
  'class-invalid':
    'give a class number (0, 1, ...), or list the names in the order of the model: --classes A,B,C',
  'age-invalid': 'give the age in years (0 to 150, or a band such as 40-49), or leave it empty',
  'split-conflict': 'put all images of a patient into one split',
  'split-invalid': 'give train, test, fold-1 to fold-10, or leave it empty',
  'mask-unreadable': 'give the lesion as an 8-bit PNG: 0 outside, anything else inside',
  'mask-size': 'give the mask in the size of its film',
  'formula-cell': 'remove the leading =, +, - or @: spreadsheets would run it',
} as const;

export type ProblemCode = keyof typeof problemRemedies;

export interface RowProblem {
  /** line of the file as a spreadsheet counts: the header is row 1 */
  row: number;
  code: ProblemCode;
  /** column or short reason, never a name or value that stands in a file: terminals are logged */
  detail?: string;
}

/** Distinct rows that have a problem, the header aside. */
export function problemRows(problems: readonly RowProblem[]): Set<number> {
  return new Set(problems.map((problem) => problem.row).filter((row) => row > 1));
}

/** Counts by code, in order of first appearance. */
export function countByCode(problems: readonly RowProblem[]): Map<ProblemCode, number> {
  const counts = new Map<ProblemCode, number>();
  for (const { code } of problems) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}
