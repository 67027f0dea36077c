// How one hospital differs from another: who comes, where the marker goes, how the machine renders.
import type { FilmClass } from './lesion.ts';
import type { Corner, MarkerStyle } from './markers.ts';

export interface SiteProfile {
  /** lower case, used in file names and patient ids */
  name: string;
  /** everything at the site derives from it */
  seed: string;
  /** films */
  n: number;
  /** px along each side, 256..1024; default 384 */
  filmSize?: number;
  /** share of films of classes 1 and 2; their sum is at most 1 */
  prevalence: { opacity: number; effusion: number };
  /** probability of a marker given the class: [none, opacity, effusion]; unequal numbers make the shortcut */
  markerProbabilityGivenLabel: readonly [number, number, number];
  /** usual corner; R at the viewer's left and L at the right keep the side true */
  corner: Corner;
  marker: Pick<MarkerStyle, 'size' | 'brightness' | 'frame'>;
  /** how plainly lesions show, 0..1 */
  strength: number;
  gamma: number;
  /** pixel noise, standard deviation as a fraction of full scale */
  noise: number;
  format: 'png8' | 'png16' | 'dicom' | 'jpeg';
  /** share of patients with more than one film (2 or 3), 0..1 */
  patientsWithSeveralImages: number;
}

export const DEFAULT_FILM_SIZE = 384;

/**
 * The profile, if it holds together.
 * @throws RangeError naming the first field that does not
 */
export function requireProfile(site: SiteProfile): SiteProfile {
  const inUnit = (field: string, value: number): void => {
    if (!(value >= 0 && value <= 1)) throw new RangeError(`invalid ${field}; not in [0, 1]: ${value}`);
  };
  if (!/^[a-z][a-z0-9-]*$/.test(site.name)) {
    throw new RangeError(`invalid name; must be lower case letters, digits and dashes: ${site.name}`);
  }
  if (!Number.isInteger(site.n) || site.n < 1)
    throw new RangeError(`invalid n; must be a positive integer: ${site.n}`);
  inUnit('prevalence', site.prevalence.opacity);
  inUnit('prevalence', site.prevalence.effusion);
  inUnit('prevalence', site.prevalence.opacity + site.prevalence.effusion);
  site.markerProbabilityGivenLabel.forEach((p) => inUnit('markerProbabilityGivenLabel', p));
  inUnit('strength', site.strength);
  inUnit('patientsWithSeveralImages', site.patientsWithSeveralImages);
  return site;
}

/** Class drawn from the site's prevalence by one uniform number. */
export function classAt(site: SiteProfile, uniform: number): FilmClass {
  const { opacity, effusion } = site.prevalence;
  if (uniform < opacity) return 1;
  return uniform < opacity + effusion ? 2 : 0;
}
