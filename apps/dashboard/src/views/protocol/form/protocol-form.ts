// What a person fills in to compose a protocol, and what it is before anything is filled in. Numbers are text as typed,
// shares are percent.
import type {
  HoleFill,
  ModelVersion,
  OrientationPolicy,
  ProtocolDraft,
  SiteScope,
} from '@sidemark/core/contract';
import type { ArmName } from '../../../routes/route.ts';

export type ViewName = ProtocolDraft['views'][number];
export type Swap = NonNullable<ProtocolDraft['swap']>;
export const allArms: readonly ArmName[] = ['original', 'inpainted', 'clipped', 'placebo'];
export const allViews: readonly ViewName[] = ['PA', 'AP', 'LATERAL', 'UNKNOWN'];
export const allLetters: readonly Swap['letters'][number][] = ['left', 'right'];
export const allLooks: readonly Swap['looks'][number][] = ['digital', 'lead'];
export const allCorners: readonly Swap['corners'][number][] = [
  ...(['top-left', 'top-right', 'bottom-left', 'bottom-right'] as const),
];

export interface ClassifierRow {
  readonly id: string;
  /** NAME@VERSION */
  readonly model: string;
  /** the cross-validation that it is a fold of; empty: none */
  readonly foldOf: string;
  /** of a multi-label model, the label that is judged; empty: the one that its manifest names */
  readonly label: string;
  /** names of sites whose films trained it; null: as its manifest and the roles of the sites say */
  readonly internal: readonly string[] | null;
}

/** A side of a comparison, `CLASSIFIER/ARM`. */
export type CellName = string;

/** Stands for a gate where a comparison is behind none. */
export const exploratory = 'exploratory';

export interface ComparisonRow {
  readonly id: string;
  readonly a: CellName;
  readonly b: CellName;
  /** one of the gates, or exploratory */
  readonly gate: string;
  readonly question: 'difference' | 'superiority' | 'non-inferiority';
  readonly margin: string;
}

export interface AgreementRow {
  readonly id: string;
  readonly a: CellName;
  readonly b: CellName;
}

export interface MaskForm {
  /** 2 adds what stands below dilatePercent */
  readonly version: '1' | '2';
  /** empty: the one that the detector ships with */
  readonly scoreThreshold: string;
  readonly maxAreaPercent: string;
  readonly dilateMinPx: string;
  readonly dilatePercent: string;
  readonly sameIouPercent: string;
  readonly maskFrom: 'union' | 'best';
  readonly isRefined: boolean;
  readonly closePx: string;
  readonly growPx: string;
  readonly maxBorderPercent: string;
  /** empty: no such rule */
  readonly maxTruthPercent: string;
}

export interface TilingForm {
  readonly isOn: boolean;
  readonly scale: string;
  readonly overlapPercent: string;
  readonly wholeFilm: boolean;
  readonly mergePercent: string;
}

export interface SwapForm extends Pick<Swap, 'letters' | 'looks' | 'corners'> {
  readonly isOn: boolean;
  /** percent of the shorter side of the film, with commas between */
  readonly sizes: string;
}

export interface ProtocolForm {
  readonly name: string;
  readonly detector: string;
  readonly inpainter: string;
  readonly classifiers: readonly ClassifierRow[];
  readonly arms: readonly ArmName[];
  readonly views: readonly ViewName[];
  readonly minPatients: string;
  readonly masks: MaskForm;
  readonly fill: HoleFill;
  readonly featherPx: string;
  readonly tiling: TilingForm;
  readonly orientation: OrientationPolicy;
  readonly comparisons: readonly ComparisonRow[];
  /** names of the families of comparisons, in the order in which they are asked; the first is primary */
  readonly gates: readonly string[];
  readonly agreements: readonly AgreementRow[];
  readonly swap: SwapForm;
  readonly sites: SiteScope;
  readonly levelPercent: string;
  readonly bothEmpty: ProtocolDraft['segmentation']['bothEmpty'];
  /** SHA-256 of a pack; empty: none */
  readonly qualification: string;
}

const masks: MaskForm = {
  ...{ version: '1', scoreThreshold: '', maxAreaPercent: '8', dilateMinPx: '4', dilatePercent: '10' },
  ...{ sameIouPercent: '50', maskFrom: 'union', isRefined: false, closePx: '3', growPx: '3' },
  ...{ maxBorderPercent: '10', maxTruthPercent: '20' },
};
const tiling: TilingForm = {
  ...{ isOn: false, scale: '1', overlapPercent: '25', wholeFilm: true, mergePercent: '50' },
};
const swap: SwapForm = {
  ...{ isOn: false, letters: [...allLetters], looks: [...allLooks], corners: [...allCorners] },
  sizes: '3, 5, 8',
};

export const called = ({ name, version }: { name: string; version: string }): string => `${name}@${version}`;

/** Filled in as far as the registry leaves no choice. @param models released ones */
export function startingForm(models: readonly ModelVersion[]): ProtocolForm {
  const newest = (role: ModelVersion['role']): string => {
    const found = models.filter((model) => model.role === role).at(-1);
    return found ? called(found) : '';
  };
  return {
    ...{ name: 'side-markers', detector: newest('detector'), inpainter: newest('inpainter') },
    classifiers: [],
    arms: ['original', 'inpainted', 'clipped'],
    views: ['PA', 'AP', 'UNKNOWN'],
    ...{ minPatients: '10', masks, fill: 'model', featherPx: '0', tiling },
    orientation: { inverted: 'flag', mirrored: 'flag', rotated: 'flag', lateral: 'flag' },
    ...{ comparisons: [], gates: ['primary', 'secondary'], agreements: [], swap },
    ...{ sites: 'all', levelPercent: '95', bothEmpty: 'one', qualification: '' },
  };
}
