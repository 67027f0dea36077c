// The drawn hospitals. At the first one markers go with disease, as where the paper's internal data came from; at the
// others they do not, whatever their profile says.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { siteProfile, type SiteProfile, writeSite } from '@sidemark/phantom';
import { sha256 } from '@sidemark/core/signing';
import type { Bars } from '@sidemark/terminal';
import type { DemoSite } from '../demo/federation.ts';
import type { Settings } from './settings.ts';

const PROFILES = new URL('../../../../libs/phantom/sites/', import.meta.url);
/** that draw side by side */
const PROCESSES = 2;

/** Draws the films under `dir`, with their truth, and says how each hospital registers them. */
export async function drawnHospitals(settings: Settings, dir: string, bars: Bars): Promise<DemoSite[]> {
  const sites: DemoSite[] = [];
  for (const profile of await profilesOf(settings)) {
    const folder = join(dir, 'films', profile.name);
    const bar = bars.add(profile.name, profile.films);
    await writeSite(profile, folder, {
      truth: true,
      processes: PROCESSES,
      onFilm: (written) => bar.update(written, 'films'),
    });
    bar.stop();
    sites.push({
      name: profile.name,
      role: profile.name === settings.hospitals[0] ? 'internal' : 'external',
      folder,
      datasetArguments: ['--csv', join(folder, 'labels.csv'), '--classes', 'none,opacity,effusion'],
      siteSecret: fixedSecret(profile.name),
    });
  }
  bars.stop();
  return sites;
}

/** For films of nobody, or public ones: patients are dealt to the same folds every time. */
export function fixedSecret(site: string): string {
  return sha256(`sidemark reproduction ${site}`);
}

/** Marker and label are drawn apart at every hospital but the first. */
export async function profilesOf({ hospitals, films }: Settings): Promise<SiteProfile[]> {
  return Promise.all(
    hospitals.map(async (name, index) => {
      const written = JSON.parse(await readFile(new URL(`${name}.json`, PROFILES), 'utf8')) as object;
      const { markers, seed, ...rest } = siteProfile(written);
      return {
        ...rest,
        films,
        seed: `${seed} reproduction`,
        markers: index === 0 ? markers : { ...markers, correlation: 0 },
      };
    }),
  );
}
