// Three small hospitals of generated radiographs. At the first one markers go with disease, as where the paper's
// internal data came from; at the others they do not.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { siteProfile, writeSite } from '@sidemark/phantom';
import type { Bars } from '@sidemark/terminal';
import type { DemoSite } from './federation.ts';

const PROFILES = new URL('../../../../libs/phantom/sites/', import.meta.url);
/** that draw side by side */
const PROCESSES = 2;
const HOSPITALS = [
  { name: 'harbour', role: 'internal' },
  { name: 'hillside', role: 'external' },
  { name: 'riverside', role: 'external' },
] as const;

/** Draws the films under `dir` and says how each hospital registers them. */
export async function generatedSites(dir: string, bars: Bars): Promise<DemoSite[]> {
  const sites: DemoSite[] = [];
  for (const { name, role } of HOSPITALS) {
    const profile = siteProfile(JSON.parse(await readFile(new URL(`${name}.json`, PROFILES), 'utf8')));
    const folder = join(dir, 'films', name);
    const bar = bars.add(name, profile.films);
    await writeSite(profile, folder, {
      truth: true,
      processes: PROCESSES,
      onFilm: (written) => bar.update(written, 'films'),
    });
    bar.stop();
    sites.push({
      name,
      role,
      folder,
      datasetArguments: ['--csv', join(folder, 'labels.csv'), '--classes', 'none,opacity,effusion'],
    });
  }
  bars.stop();
  return sites;
}
