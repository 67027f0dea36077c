// A form filled in with what a protocol says, so that its next version need not be typed anew. Pure.
import type { AnalysisPlan, CellRef, ProtocolDocument } from '@sidemark/core/contract';
import {
  called,
  type CellName,
  type ComparisonRow,
  exploratory,
  type MaskForm,
  type ProtocolForm,
  startingForm,
} from './protocol-form.ts';

const cellName = ({ classifier, arm }: CellRef): CellName => `${classifier}/${arm}`;
/** 0.07 is 7, and not 7.000000000000001. */
const percent = (share: number): string => String(Number((100 * share).toPrecision(15)));

export function formOf(document: ProtocolDocument): ProtocolForm {
  const fresh = startingForm([]);
  const { analysis, tiling, swap, orientation, segmentation } = document;
  const { plan } = analysis;
  return {
    ...{ name: document.name, detector: called(document.detector), inpainter: called(document.inpainter) },
    classifiers: document.classifiers.map(({ id, model, foldOf = '', label = '' }) => ({
      ...{ id, model: called(model), foldOf, label },
      internal: plan?.internalSites.find(({ classifier }) => classifier === id)?.sites ?? null,
    })),
    ...{ arms: document.arms, views: document.views },
    minPatients: String(document.disclosure.minPatientsPerClass),
    masks: masksOf(document.maskPolicy, fresh.masks),
    ...{ fill: document.fill ?? 'model', featherPx: String(document.featherPx ?? 0) },
    tiling: tiling
      ? {
          ...{ isOn: true, scale: String(tiling.scale), overlapPercent: percent(tiling.overlap) },
          ...{ wholeFilm: tiling.wholeFilm, mergePercent: percent(tiling.merge) },
        }
      : fresh.tiling,
    orientation: orientation ?? fresh.orientation,
    comparisons: comparisonsOf(document, plan),
    gates: gatesOf(plan, fresh.gates),
    agreements: (document.agreements ?? []).map(({ id, a, b }) => ({ id, a: cellName(a), b: cellName(b) })),
    swap: swap
      ? {
          ...{ isOn: true, letters: swap.letters, looks: swap.looks, corners: swap.corners },
          sizes: swap.sizes.map(percent).join(', '),
        }
      : fresh.swap,
    ...{ sites: plan?.sites ?? 'all', levelPercent: percent(analysis.level) },
    bothEmpty: segmentation?.bothEmpty ?? 'one',
    qualification: document.qualification?.pack ?? '',
  };
}

function masksOf(policy: ProtocolDocument['maskPolicy'], fresh: MaskForm): MaskForm {
  const boxes = {
    scoreThreshold: policy.scoreThreshold === null ? '' : String(policy.scoreThreshold),
    maxAreaPercent: percent(policy.maxAreaFraction),
    dilateMinPx: String(policy.dilateMinPx),
    dilatePercent: percent(policy.dilateFraction),
  };
  if (policy.version === 1) return { ...fresh, ...boxes };
  const { sameObject, refine, maxTruthShare } = policy;
  return {
    ...{ ...fresh, ...boxes, version: '2', isRefined: refine !== null },
    ...{ sameIouPercent: percent(sameObject.iou), maskFrom: sameObject.maskFrom },
    ...(refine && {
      ...{ closePx: String(refine.closePx), growPx: String(refine.growPx) },
      maxBorderPercent: percent(refine.maxBorderShare),
    }),
    maxTruthPercent: maxTruthShare === null ? '' : percent(maxTruthShare),
  };
}

/** Those of the plan; a plan with one family leaves the second gate of a new form open. */
function gatesOf(plan: AnalysisPlan | undefined, usual: readonly string[]): readonly string[] {
  const own = plan?.families.map(({ name }) => name) ?? [];
  return own.length > 1 ? own : [...own, ...usual.slice(own.length).filter((name) => !own.includes(name))];
}

function comparisonsOf(
  { comparisons }: ProtocolDocument,
  plan: AnalysisPlan | undefined,
): readonly ComparisonRow[] {
  return comparisons.map(({ id, a, b, primary }) => {
    const family = plan?.families.find((one) => one.comparisons.includes(id))?.name;
    const margin = plan?.margins.find(({ comparison }) => comparison === id);
    return {
      ...{ id, a: cellName(a), b: cellName(b) },
      gate: family ?? (primary ? 'primary' : exploratory),
      ...{ question: margin?.question ?? 'difference', margin: String(margin?.margin ?? 0.05) },
    };
  });
}
