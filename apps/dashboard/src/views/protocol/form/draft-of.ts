// The draft that a filled-in form makes. Pure.
import type { AnalysisPlan, Comparison, ProtocolDraft } from '@sidemark/core/contract';
import type { z } from 'zod';
import { armOf, classifierOf } from './cells.ts';
import type { CellName, MaskForm, ProtocolForm, SwapForm, TilingForm } from './protocol-form.ts';

type Draft = z.input<typeof ProtocolDraft>;

const cell = (name: CellName): Comparison['a'] => ({ classifier: classifierOf(name), arm: armOf(name) });
const share = (percent: string): number => Number(percent) / 100;

export function draftOf(form: ProtocolForm): Draft {
  const plan = planOf(form);
  const { name, detector, inpainter, fill, arms, views } = form;
  return {
    ...{ name, detector, inpainter, fill, arms: [...arms], views: [...views] },
    classifiers: form.classifiers.map(({ id, model, foldOf, label }) => ({
      ...{ id, model },
      ...(foldOf === '' ? {} : { foldOf }),
      ...(label === '' ? {} : { label }),
    })),
    comparisons: form.comparisons.map(({ id, a, b, gate }) => ({
      ...{ id, a: cell(a), b: cell(b) },
      primary: gate === form.gates[0],
    })),
    agreements: form.agreements.map(({ id, a, b }) => ({ id, a: cell(a), b: cell(b) })),
    maskPolicy: maskPolicyOf(form.masks),
    tiling: form.tiling.isOn ? tilingOf(form.tiling) : null,
    swap: form.swap.isOn ? swapOf(form.swap) : null,
    orientation: form.orientation,
    featherPx: Number(form.featherPx),
    segmentation: { bothEmpty: form.bothEmpty },
    disclosure: { minPatientsPerClass: Number(form.minPatients) },
    analysis: { level: share(form.levelPercent), ...(plan && { plan }) },
    ...(form.qualification === '' ? {} : { qualification: form.qualification }),
  };
}

function maskPolicyOf(masks: MaskForm): Draft['maskPolicy'] {
  const boxes = {
    scoreThreshold: masks.scoreThreshold === '' ? null : Number(masks.scoreThreshold),
    dilateMinPx: Number(masks.dilateMinPx),
    dilateFraction: share(masks.dilatePercent),
    maxAreaFraction: share(masks.maxAreaPercent),
  };
  if (masks.version === '1') return { version: 1, ...boxes };
  const refine = {
    method: 'otsu' as const,
    ...{ closePx: Number(masks.closePx), growPx: Number(masks.growPx) },
    maxBorderShare: share(masks.maxBorderPercent),
  };
  return {
    ...{ version: 2, ...boxes },
    sameObject: { iou: share(masks.sameIouPercent), maskFrom: masks.maskFrom },
    refine: masks.isRefined ? refine : null,
    maxTruthShare: masks.maxTruthPercent === '' ? null : share(masks.maxTruthPercent),
  };
}

const tilingOf = ({ scale, overlapPercent, wholeFilm, mergePercent }: TilingForm): Draft['tiling'] => ({
  ...{ scale: Number(scale), overlap: share(overlapPercent), wholeFilm, merge: share(mergePercent) },
});

const swapOf = ({ letters, looks, corners, sizes }: SwapForm): Draft['swap'] => ({
  ...{ library: 'sidemark-glyphs/1', letters, looks, corners, sizes: sizesOf(sizes).map((one) => one / 100) },
});

/** `3, 5` gives 3 and 5; what is no number is NaN. */
export const sizesOf = (text: string): number[] =>
  text
    .split(/[,;\s]+/)
    .filter((one) => one !== '')
    .map(Number);

/** Families by gate; without a comparison behind the first there is nothing to confirm, and no plan. */
function planOf({ comparisons, classifiers, gates, sites }: ProtocolForm): AnalysisPlan | undefined {
  const families = gates
    .map((name) => ({
      name,
      comparisons: comparisons.filter(({ gate }) => gate === name).map(({ id }) => id),
    }))
    .filter((family) => family.comparisons.length > 0);
  if (families.length === 0 || families[0]?.name !== gates[0]) return undefined;
  return {
    families,
    sites,
    margins: comparisons.flatMap(({ id, gate, question, margin }) =>
      question === 'difference' || !gates.includes(gate)
        ? []
        : [{ comparison: id, question, margin: Number(margin) }],
    ),
    internalSites: classifiers.flatMap(({ id, internal }) =>
      internal === null ? [] : [{ classifier: id, sites: [...internal] }],
    ),
  };
}
