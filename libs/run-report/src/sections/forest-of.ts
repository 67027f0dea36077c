// Forest plots of what an analysis holds: comparisons, cells, the parts of an effect, one site left out at a time.
import type {
  Analysis,
  CellAnalysis,
  ComparisonAnalysis,
  DecompositionAnalysis,
  PooledAnswer,
  PooledFigure,
  RelianceAnalysis,
} from '@sidemark/core/contract';
import { askedFigure, isAsked } from '@sidemark/core/reading';
import type { Drawing } from '../drawing/drawing.ts';
import { type ForestRow, forestPlot } from '../drawing/forest-plot.ts';
import {
  count,
  estimateText,
  intervalText,
  levelText,
  percent,
  type Show,
  signed,
  three,
  two,
} from '../text/number.ts';
import { shortAbsence } from '../text/words.ts';
import { cellName, scopeWord } from './answers.ts';

type Rows = ComparisonAnalysis['sites'];
type FigureRows = DecompositionAnalysis['total']['sites'];

/** Weights are those of the pooled answer, so that squares and diamond are of one method. */
function siteRows(sites: Rows, meta: PooledFigure | null, show: Show): ForestRow[] {
  return sites.map(({ siteName, positives, negatives, estimate, lower, upper, excluded }) => {
    const weight = meta?.members.find((member) => member.siteName === siteName)?.weightPercent ?? null;
    const detail = `${count(positives.patients)} / ${count(negatives.patients)}`;
    if (estimate.kind === 'not-estimable')
      return {
        label: siteName,
        detail,
        figure: null,
        weight,
        said: shortAbsence(estimate.reason),
        shape: 'square',
      };
    const { value } = estimate;
    const said =
      lower === null || upper === null ? show(value) : estimateText({ estimate: value, lower, upper }, show);
    const left = excluded === null ? '' : ', not pooled';
    return {
      label: `${siteName}${left}`,
      detail,
      figure: { estimate: value, lower, upper },
      weight,
      said,
      shape: 'square',
    };
  });
}

function pooledRows(meta: PooledFigure | null, show: Show, which = ''): ForestRow[] {
  if (!meta?.answer || meta.answer.method === 'none') return [];
  const { answer, prediction, heterogeneity } = meta;
  const label = which === '' ? 'Pooled' : `All ${which}sites`;
  const pooled = diamond(label, heterogeneity ? `I\u00b2 ${percent(heterogeneity.i2)}` : '', answer, show);
  const range: ForestRow[] = prediction
    ? [
        {
          ...{ label: `A new ${which}site (prediction)`, detail: '', weight: null, shape: 'range' },
          figure: { estimate: answer.estimate, ...prediction },
          said: intervalText(prediction, show),
        },
      ]
    : [];
  return [pooled, ...range];
}

const diamond = (label: string, detail: string, answer: PooledAnswer, show: Show): ForestRow => ({
  ...{ label, detail, weight: null, shape: 'diamond' },
  figure: answer,
  said: estimateText(answer, show),
});

const heads = (what: string): [string, string, string] => ['Site', 'with / without', what];
const percentOf = ({ level }: Pick<Analysis, 'level'>): string => levelText(level);

const altOf = (title: string, rows: readonly ForestRow[]): string =>
  `${title}. ${rows.map(({ label, said }) => (said === '' ? label : `${label}: ${said}`)).join('; ')}`;

/** Sites that the plan does not ask about, without weight, and what all sites pool to. */
function otherRows(sites: Rows, meta: PooledFigure): ForestRow[] {
  const heading: ForestRow = {
    ...{ label: 'Other sites, not in this question', detail: '', figure: null, weight: null, said: '' },
    shape: 'heading',
  };
  const { answer } = meta;
  const all =
    answer && answer.method !== 'none' ? [{ ...diamond('All sites', '', answer, signed), aside: true }] : [];
  return [heading, ...siteRows(sites, null, signed).map((row) => ({ ...row, aside: true })), ...all];
}

/** The answer with its sites and weights, then sites that it is not about. */
export function comparisonForest(comparison: ComparisonAnalysis, analysis: Analysis): Drawing {
  const { a, b, sites, meta, question } = comparison;
  const asked = askedFigure(comparison);
  const about = isAsked(comparison, analysis.plan);
  const [own, others] = [true, false].map((is) => sites.filter(({ siteName }) => about(siteName) === is));
  const rows = [
    ...siteRows(own!, asked, signed),
    ...pooledRows(asked, signed, scopeWord(comparison)),
    ...(question.sites === 'all' ? [] : otherRows(others!, meta)),
  ];
  return forestPlot({
    alt: altOf(`AUC of ${cellName(a)} minus AUC of ${cellName(b)}`, rows),
    axis: `Difference in AUC, ${percentOf(analysis)} intervals`,
    heads: heads('Difference'),
    rows,
    reference: 0,
    limits: [-1, 1],
    sides: [`${cellName(b)} better`, `${cellName(a)} better`],
  });
}

export function cellForest(cell: CellAnalysis, analysis: Analysis): Drawing {
  const rows = [...siteRows(cell.sites, cell.meta, three), ...pooledRows(cell.meta, three)];
  return forestPlot({
    alt: altOf(`AUC of ${cellName(cell)}`, rows),
    axis: `AUC, ${percentOf(analysis)} intervals`,
    ...{ heads: heads('AUC'), rows, reference: null, limits: [0, 1] },
  });
}

export function leaveOneOutForest(comparison: ComparisonAnalysis, analysis: Analysis): Drawing {
  const asked = askedFigure(comparison);
  const rows = [
    ...(asked?.leaveOneOut ?? []).map((one): ForestRow => ({
      ...{ label: `without ${one.without}`, detail: '', weight: null, shape: 'square' },
      figure: one,
      said: estimateText(one, signed),
    })),
    ...(asked?.answer ? [diamond(`All ${scopeWord(comparison)}sites`, '', asked.answer, signed)] : []),
  ];
  return forestPlot({
    alt: altOf(`${comparison.id}, each site left out in turn`, rows),
    axis: `Difference in AUC, ${percentOf(analysis)} intervals`,
    ...{ heads: ['Left out', '', 'Difference'], rows, reference: 0, limits: [-1, 1] },
  });
}

/** Of parts that add up: each a title, its sites, its pooled figure. */
function partRows(
  title: string,
  sites: FigureRows,
  answer: PooledAnswer | null,
  show: Show = signed,
): ForestRow[] {
  const rows = sites.map(({ siteName, estimate, lower, upper, excluded }): ForestRow => {
    const base = { label: siteName, detail: '', weight: null, shape: 'square' } as const;
    if (estimate === null)
      return { ...base, figure: null, said: excluded === null ? 'none' : shortAbsence(excluded) };
    const said =
      lower === null || upper === null ? show(estimate) : estimateText({ estimate, lower, upper }, show);
    return { ...base, figure: { estimate, lower, upper }, said };
  });
  const head: ForestRow = {
    ...{ label: title, detail: '', figure: null, weight: null, said: '', shape: 'heading' },
  };
  return [
    head,
    ...rows,
    ...(answer && answer.method !== 'none' ? [diamond('Pooled', '', answer, show)] : []),
  ];
}

export function decompositionForest(
  { classifier, total, range, shape }: DecompositionAnalysis,
  analysis: Analysis,
): Drawing {
  const rows = [
    ...partRows('Grey-scale range: clipped minus original', range.sites, range.answer),
    ...partRows('Marker shape: inpainted minus clipped', shape.sites, shape.answer),
    ...partRows('Together: inpainted minus original', total.sites, total.meta.answer),
  ];
  return forestPlot({
    alt: altOf(`Parts of the effect of inpainting on ${classifier}`, rows),
    axis: `Difference in AUC, ${percentOf(analysis)} intervals`,
    ...{ heads: ['Part and site', '', 'Difference'], rows, reference: 0, limits: [-1, 1] },
  });
}

export function relianceForest(
  { classifier, marker, placebo, difference }: RelianceAnalysis,
  analysis: Analysis,
): Drawing {
  const rows = [
    ...partRows('Filling the markers', marker.size.sites, marker.size.meta.answer, two),
    ...(placebo
      ? partRows('Filling holes where no marker is', placebo.size.sites, placebo.size.meta.answer, two)
      : []),
    ...(difference ? partRows('Markers less placebo', difference.sites, difference.meta.answer, two) : []),
  ];
  return forestPlot({
    alt: altOf(`Change of the logit of ${classifier} by filling`, rows),
    axis: `Mean size of the change of the logit, ${percentOf(analysis)} intervals`,
    ...{ heads: ['Hole and site', '', 'Change'], rows, reference: 0 },
  });
}
