// The phantoms of a pack: drawn for it alone, from the profiles of several hospitals, so that letters, plates, depths and
// polarities differ.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { parse } from 'csv-parse/sync';
import { type SiteProfile, writeSite } from '@sidemark/phantom';

export interface DrawnFilm {
  readonly name: string;
  readonly dicom: Uint8Array;
  /** disease on the film */
  readonly positive: boolean;
}

/**
 * @param folder scratch
 * @param films in all, shared evenly among the profiles
 */
export async function drawFilms(
  profiles: readonly SiteProfile[],
  folder: string,
  films: number,
  onFilm: (drawn: number) => void,
): Promise<DrawnFilm[]> {
  const drawn: DrawnFilm[] = [];
  for (const [index, profile] of profiles.entries()) {
    const share = Math.floor((films + index) / profiles.length);
    if (share === 0) continue;
    const own = join(folder, profile.name);
    const before = drawn.length;
    await writeSite({ ...profile, films: share, seed: `${profile.seed} pack` }, own, {
      onFilm: (count) => onFilm(before + count),
    });
    for (const row of await rowsOf(own))
      drawn.push({
        name: `${profile.name}-${drawn.length + 1}`,
        dicom: await readFile(join(own, row.path)),
        positive: row.label === '1',
      });
  }
  return drawn;
}

async function rowsOf(folder: string): Promise<{ path: string; label: string }[]> {
  const text = await readFile(join(folder, 'labels.csv'));
  return parse<{ path: string; label: string }>(text, { columns: true });
}
