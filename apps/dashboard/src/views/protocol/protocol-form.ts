// What a person fills in, and the draft that it makes. Pure.
import type {
  AnalysisPlan,
  Arm,
  Comparison,
  HoleFill,
  ModelVersion,
  ProtocolDraft,
  SiteScope,
} from '@sidemark/core/contract';
import type { z } from 'zod';

export type ArmName = z.infer<typeof Arm>;
export type ViewName = ProtocolDraft['views'][number];
export const allArms: readonly ArmName[] = ['original', 'inpainted', 'clipped', 'placebo'];
export const allViews: readonly ViewName[] = ['PA', 'AP', 'LATERAL', 'UNKNOWN'];

export interface ClassifierRow {
  readonly id: string;
  /** NAME@VERSION */
  readonly model: string;
  /** names of sites whose films trained it; null: as its manifest and the roles of the sites say */
  readonly internal: readonly string[] | null;
}

/** A side of a comparison, `CLASSIFIER/ARM`. */
export type CellName = string;

export interface ComparisonRow {
  readonly id: string;
  readonly a: CellName;
  readonly b: CellName;
  readonly status: 'primary' | 'secondary' | 'exploratory';
  readonly question: 'difference' | 'superiority' | 'non-inferiority';
  readonly margin: string;
}

export interface ProtocolForm {
  readonly name: string;
  readonly detector: string;
  readonly inpainter: string;
  readonly classifiers: readonly ClassifierRow[];
  readonly arms: readonly ArmName[];
  readonly comparisons: readonly ComparisonRow[];
  readonly views: readonly ViewName[];
  readonly fill: HoleFill;
  readonly minPatients: string;
  /** empty: the one that the detector ships with */
  readonly scoreThreshold: string;
  readonly maxAreaPercent: string;
  readonly levelPercent: string;
  readonly sites: SiteScope;
  /** SHA-256 of a pack; empty: none */
  readonly qualification: string;
}

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
    comparisons: [],
    views: ['PA', 'AP', 'UNKNOWN'],
    ...{ fill: 'model', minPatients: '10', scoreThreshold: '', maxAreaPercent: '8', levelPercent: '95' },
    ...{ sites: 'all', qualification: '' },
  };
}

function cell(name: CellName): Comparison['a'] {
  const at = name.lastIndexOf('/');
  return { classifier: name.slice(0, at), arm: name.slice(at + 1) as ArmName };
}

export function draftOf(form: ProtocolForm): z.input<typeof ProtocolDraft> {
  const plan = planOf(form);
  const { name, detector, inpainter, fill, arms, views } = form;
  return {
    ...{ name, detector, inpainter, fill, arms: [...arms], views: [...views] },
    classifiers: form.classifiers.map(({ id, model }) => ({ id, model })),
    comparisons: form.comparisons.map(({ id, a, b, status }) => ({
      ...{ id, a: cell(a), b: cell(b) },
      primary: status === 'primary',
    })),
    maskPolicy: {
      version: 1,
      scoreThreshold: form.scoreThreshold === '' ? null : Number(form.scoreThreshold),
      maxAreaFraction: Number(form.maxAreaPercent) / 100,
    },
    disclosure: { minPatientsPerClass: Number(form.minPatients) },
    analysis: { level: Number(form.levelPercent) / 100, ...(plan && { plan }) },
    ...(form.qualification === '' ? {} : { qualification: form.qualification }),
  };
}

/** Families by status; without a primary comparison there is nothing to confirm, and no plan. */
function planOf({ comparisons, classifiers, sites }: ProtocolForm): AnalysisPlan | undefined {
  const of = (status: ComparisonRow['status']): string[] =>
    comparisons.filter((one) => one.status === status).map(({ id }) => id);
  const families = (['primary', 'secondary'] as const)
    .map((name) => ({ name, comparisons: of(name) }))
    .filter((family) => family.comparisons.length > 0);
  if (families[0]?.name !== 'primary') return undefined;
  return {
    families,
    sites,
    margins: comparisons.flatMap(({ id, status, question, margin }) =>
      question === 'difference' || status === 'exploratory'
        ? []
        : [{ comparison: id, question, margin: Number(margin) }],
    ),
    internalSites: classifiers.flatMap(({ id, internal }) =>
      internal === null ? [] : [{ classifier: id, sites: [...internal] }],
    ),
  };
}

/** Cells that have an AUC: multi-class models have none. */
export function cellsOf(
  { classifiers, arms }: Pick<ProtocolForm, 'classifiers' | 'arms'>,
  models: readonly ModelVersion[],
): CellName[] {
  return classifiers
    .filter(({ model }) => hasAuc(models.find((one) => called(one) === model)))
    .flatMap(({ id }) => arms.map((arm) => `${id}/${arm}`));
}

function hasAuc(model: ModelVersion | undefined): boolean {
  return model?.manifest.role === 'classifier' && model.manifest.decode.variant !== 'multiclass';
}

/** The arm that a model was trained on, as its manifest says. */
export function trainedArmOf(name: string, models: readonly ModelVersion[]): ArmName | null {
  const manifest = models.find((one) => called(one) === name)?.manifest;
  return manifest?.role === 'classifier' ? manifest.trainedArm : null;
}

/** The comparisons of the paper: a model trained on another arm against one trained on the original, each on its own; and what
 * is left of the latter when the markers are gone. The first is primary. */
export function suggested(
  { classifiers, arms }: Pick<ProtocolForm, 'classifiers' | 'arms'>,
  models: readonly ModelVersion[],
): ComparisonRow[] {
  const cells = new Set(cellsOf({ classifiers, arms }, models));
  const own = classifiers.map(({ id, model }) => ({ id, arm: trainedArmOf(model, models) }));
  const pair = (name: string, a: CellName, b: CellName): [string, CellName, CellName][] =>
    cells.has(a) && cells.has(b) ? [[name.slice(0, 64).replace(/-$/, ''), a, b]] : [];
  const originals = own.filter(({ arm }) => arm === 'original');
  const found = originals.flatMap((base) => [
    ...own
      .filter(({ id, arm }) => id !== base.id && arm !== null && arm !== 'original')
      .flatMap(({ id, arm }) => pair(`${id}-vs-${base.id}`, `${id}/${arm}`, `${base.id}/original`)),
    ...pair(`${base.id}-marker-removed`, `${base.id}/inpainted`, `${base.id}/original`),
  ]);
  return found.map(([id, a, b], at) => ({
    ...{ id, a, b, question: 'difference', margin: '0.05' },
    status: at === 0 ? 'primary' : 'exploratory',
  }));
}
