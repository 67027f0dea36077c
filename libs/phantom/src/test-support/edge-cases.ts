// One profile for each way in which markers make trouble; every film of it shows the case.
import { siteProfile, type SiteProfile, type SiteProfileInput } from '../site/profile.ts';

type Piece = NonNullable<
  NonNullable<NonNullable<SiteProfileInput['markers']>['protocols']>[number]['pieces'][number]
>;

const marked = (...pieces: Piece[]): Pick<SiteProfileInput, 'markers'> => ({
  markers: { protocols: [{ name: 'edge', pieces }] },
});
const collimated = (width: number): Pick<SiteProfileInput, 'scanner'> => ({
  scanner: { collimation: { share: 1, width } },
});
const corner: Pick<Piece, 'x' | 'y'> = { x: [0.03, 0.05], y: [0.03, 0.05] };

const CASES = {
  'no-marker': marked(),
  'over-anatomy': marked({ look: 'lead', x: [0.24, 0.34], y: [0.2, 0.35] }),
  'cut-by-edge': marked({ look: 'digital', x: [0, 0], y: [0.3, 0.6] }),
  'in-black-border': { ...marked({ look: 'digital', ...corner }), ...collimated(0.3) },
  'metal-under-collimator': { ...marked({ look: 'lead', ...corner }), ...collimated(0.1) },
  turned: marked({ look: 'lead', rotation: [150, 210] }),
  mirrored: marked({ look: 'digital', mirrored: 1 }),
  several: marked({ look: 'lead' }, { look: 'digital', side: 'left' }),
  'other-text': marked(
    { look: 'digital' },
    { look: 'digital', text: ['PORTABLE', 'AP SUPINE', '08:53'], size: [0.03, 0.03], x: [0.5, 0.7] },
    { look: 'arrow', x: [0.3, 0.3], y: [0.9, 0.9] },
  ),
  swapped: marked({ look: 'digital', swapped: 1 }),
} satisfies Record<string, Partial<SiteProfileInput>>;

export type EdgeCase = keyof typeof CASES;
export const EDGE_CASES = Object.keys(CASES) as EdgeCase[];

/** @param film its side, bits, photometric interpretation and format */
export function edgeCase(name: EdgeCase, films: number, film: SiteProfileInput['film'] = {}): SiteProfile {
  return siteProfile({ name, seed: 'edge', films, film, ...CASES[name] });
}
