// Three small hospitals of generated radiographs. At the first one markers go with disease, as where the paper's
// internal data came from; at the others they do not.
import { join } from 'node:path';
import { writeSite, type SiteProfile } from '@sidemark/phantom';
import type { Bars } from '@sidemark/terminal';
import type { DemoSite } from './federation.ts';

const common = { filmSize: 384, strength: 0.5, noise: 0.012, patientsWithSeveralImages: 0.1 } as const;

const profiles: readonly (SiteProfile & { readonly role: DemoSite['role'] })[] = [
  {
    ...common,
    name: 'harbour',
    role: 'internal',
    seed: 'harbour-1',
    n: 72,
    prevalence: { opacity: 0.3, effusion: 0.25 },
    markerProbabilityGivenLabel: [0.1, 0.9, 0.9],
    corner: 'top-left',
    marker: { size: 0.08, brightness: 1, frame: false },
    gamma: 1,
    format: 'dicom',
  },
  {
    ...common,
    name: 'hillside',
    role: 'external',
    seed: 'hillside-1',
    n: 72,
    prevalence: { opacity: 0.3, effusion: 0.25 },
    markerProbabilityGivenLabel: [0.7, 0.7, 0.7],
    corner: 'top-right',
    marker: { size: 0.07, brightness: 1, frame: true },
    gamma: 0.9,
    format: 'png16',
  },
  {
    ...common,
    name: 'riverside',
    role: 'external',
    seed: 'riverside-1',
    n: 72,
    prevalence: { opacity: 0.3, effusion: 0.2 },
    markerProbabilityGivenLabel: [0.8, 0.35, 0.35],
    corner: 'top-left',
    marker: { size: 0.09, brightness: 0.97, frame: false },
    gamma: 1.15,
    format: 'png8',
  },
];

/** Draws the films under `dir` and says how each hospital registers them. */
export async function generatedSites(dir: string, bars: Bars): Promise<DemoSite[]> {
  const sites: DemoSite[] = [];
  for (const profile of profiles) {
    const folder = join(dir, 'films', profile.name);
    const bar = bars.add(profile.name, profile.n);
    await writeSite(profile, folder, (written) => bar.update(written, 'films'));
    bar.stop();
    const { name, role } = profile;
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
