// A small hospital of generated films whose markers go with disease; for tests that need one, whatever it is.
import { siteProfile, type SiteProfile, type SiteProfileInput } from '@sidemark/phantom';

/** `changes` replace whole keys of the plain profile. */
export function phantomSite(
  changes: Partial<SiteProfileInput> & Pick<SiteProfileInput, 'name' | 'films'>,
): SiteProfile {
  return siteProfile({
    seed: changes.name,
    film: { side: 256, format: 'png16' },
    prevalence: { opacity: 0.3, effusion: 0.3 },
    // no model of the tests was trained on them
    patients: { trained: 0 },
    strength: [0.3, 0.5],
    scanner: { noise: 0.01 },
    markers: {
      correlation: 0.6,
      protocols: [
        {
          name: 'marked',
          goesWith: ['opacity', 'effusion', 'nodules'],
          pieces: [{ look: 'digital', size: [0.08, 0.09], x: [0.07, 0.11], y: [0.08, 0.12] }],
        },
        { name: 'bare', goesWith: ['none'], pieces: [] },
      ],
    },
    ...changes,
  });
}
