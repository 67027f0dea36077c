// Which files a check is about: a CSV for the site's own eyes, since names of files are not for terminals.
import type { CheckedFile } from './check-folder.ts';
import { findDuplicates } from './duplicates.ts';
import { warningsOf } from './check-summary.ts';

const columns = [
  'path',
  'format',
  'bits',
  'width',
  'height',
  'view',
  'hangs',
  'polarity',
  'skipped',
  'warnings',
];

/** One line for each file, in the order of the files; films of one group of duplicates share its number. */
export function listOfFiles(files: readonly CheckedFile[]): string {
  const films = files.flatMap(({ facts }, index) => (facts.kind === 'film' ? [{ index, facts }] : []));
  const { same, near } = findDuplicates(films.map(({ facts }) => facts));
  const groupOf = (groups: readonly (readonly number[])[]): Map<number, number> =>
    new Map(groups.flatMap((group, at) => group.map((film) => [films[film]!.index, at + 1] as const)));
  const [samePixels, nearly] = [groupOf(same), groupOf(near)];
  const lines = files.map(({ path, facts }, index) => {
    const cells =
      facts.kind === 'film'
        ? [
            ...[facts.syntax, facts.bits, facts.width, facts.height, facts.view, facts.hanging],
            ...[facts.polarity, '', warningsOf(facts).join('; ')],
          ]
        : [
            facts.syntax,
            '',
            '',
            '',
            '',
            '',
            '',
            facts.detail === facts.reason ? facts.reason : `${facts.reason}: ${facts.detail}`,
            '',
          ];
    return [path, ...cells, samePixels.get(index) ?? '', nearly.get(index) ?? ''].map(cell).join(',');
  });
  return `${[[...columns, 'same_pixels', 'nearly_same'].join(','), ...lines].join('\n')}\n`;
}

/** Quoted where it must be; what a spreadsheet would run begins with an apostrophe. */
function cell(value: string | number): string {
  const text = `${value}`.replace(/^[=+\-@\t\r]/, "'$&");
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
