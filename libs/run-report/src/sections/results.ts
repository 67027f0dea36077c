// The figures of a run, and the sentences that go under them.
import type { Analysis, GridsAnalysis } from '@sidemark/core/contract';
import { askedFigure } from '@sidemark/core/reading';
import { type Block, figure, heading, note, type Section } from '../document/block.ts';
import { aucMatrix, type MatrixCell } from '../drawing/auc-matrix.ts';
import { rocCurves, type RocPanel } from '../drawing/roc-curves.ts';
import { intervalText, three } from '../text/number.ts';
import { shortAbsence } from '../text/words.ts';
import { betweenSites, cellName, confirmatory, scopeWord } from './answers.ts';
import {
  cellForest,
  comparisonForest,
  decompositionForest,
  leaveOneOutForest,
  relianceForest,
} from './forest-of.ts';

export function resultsSection(analysis: Analysis): Section {
  return {
    id: 'results',
    title: 'Results',
    blocks: [
      ...comparisonFigures(analysis),
      ...matrixFigure(analysis),
      ...diagonalFigures(analysis),
      ...decompositionFigures(analysis),
      ...relianceFigures(analysis),
      ...rocFigure(analysis.grids),
    ],
  };
}

function comparisonFigures(analysis: Analysis): Block[] {
  return confirmatory(analysis).flatMap((comparison) => {
    const { id, a, b, question } = comparison;
    const asked = askedFigure(comparison);
    const which = scopeWord(comparison);
    const without =
      asked && asked.leaveOneOut.length > 0
        ? [figure(`${id}: each ${which}site left out in turn`, leaveOneOutForest(comparison, analysis))]
        : [];
    const spread = asked ? betweenSites(asked) : 'No site that is asked about has the figure.';
    const outside =
      which === ''
        ? ''
        : ` The plan asks about ${which}sites: the filled diamond is of those alone. Other sites and the diamond of all sites are drawn in outline.`;
    return [
      heading(`${id}: ${cellName(a)} minus ${cellName(b)} (${question.status})`),
      figure('Difference in AUC by site', comparisonForest(comparison, analysis)),
      note(
        `Numbers beside a site: patients with and without the finding. Squares grow with the weight.${outside} ${spread}`,
      ),
      ...without,
    ];
  });
}

function matrixFigure({ cells }: Analysis): Block[] {
  if (cells.length === 0) return [];
  const arms = [...new Set(cells.map(({ arm }) => arm))];
  const names = [...new Set(cells.map(({ classifier }) => classifier))];
  const rows = names.map((label) => ({
    label,
    cells: arms.map((arm): MatrixCell | null => {
      const cell = cells.find((one) => one.classifier === label && one.arm === arm);
      if (!cell) return null;
      const { answer } = cell.meta;
      const why = cell.pooled.kind === 'not-estimable' ? shortAbsence(cell.pooled.reason) : 'no figure';
      return {
        auc: answer?.estimate ?? null,
        said: answer ? intervalText(answer, three) : why,
        trained: cell.diagonal,
      };
    }),
  }));
  const alt = rows
    .map(({ label, cells: own }) =>
      own.map((cell, i) => `${label} on ${arms[i]}: ${cell?.auc?.toFixed(3) ?? 'none'}`).join(', '),
    )
    .join('; ');
  return [
    heading('Models and arms'),
    figure('AUC of each model on each arm, pooled over sites', aucMatrix({ alt, arms, rows })),
    note('A frame: the arm that the model was trained on. Under each AUC its interval.'),
  ];
}

const diagonalFigures = (analysis: Analysis): Block[] =>
  analysis.cells
    .filter(({ diagonal }) => diagonal)
    .map((cell) => figure(`AUC of ${cellName(cell)}, the arm it was trained on`, cellForest(cell, analysis)));

function decompositionFigures(analysis: Analysis): Block[] {
  const parts = analysis.decomposition.map((one) =>
    figure(
      `What inpainting does to ${one.classifier}, by grey-scale range and marker shape`,
      decompositionForest(one, analysis),
    ),
  );
  if (parts.length === 0) return [];
  return [
    heading('Range and shape'),
    ...parts,
    note('The parts are pooled by the weights of the total, so that they add up to it.'),
  ];
}

function relianceFigures(analysis: Analysis): Block[] {
  const shown = analysis.reliance.filter(({ marker }) =>
    marker.size.sites.some(({ estimate }) => estimate !== null),
  );
  const figures = shown.map((one) =>
    figure(`Reliance of ${one.classifier} on markers`, relianceForest(one, analysis)),
  );
  return figures.length > 0 ? [heading('Reliance on markers'), ...figures] : [];
}

/** Means of the curves of the sites, of those whose grid has more than one cell; scores are never put together. */
function rocFigure(grids: readonly GridsAnalysis[]): Block[] {
  const names = [...new Set(grids.map(({ classifier }) => classifier))];
  const panels = names.flatMap((title): RocPanel[] => {
    const curves = grids
      .filter(({ classifier }) => classifier === title)
      .flatMap(({ arm, sites }) =>
        sites.flatMap(({ grid }) =>
          grid.kind === 'cells' && grid.cells.length > 1 ? [{ arm, cells: grid.cells }] : [],
        ),
      );
    const arms = [...new Set(curves.map(({ arm }) => arm))];
    if (arms.length === 0) return [];
    return [
      {
        title,
        curves: arms.map((arm) => ({
          arm,
          points: meanCurve(curves.filter((one) => one.arm === arm).map(({ cells }) => curveOf(cells))),
        })),
      },
    ];
  });
  if (panels.length === 0) return [];
  const alt = panels
    .map(({ title, curves }) => `${title}: ${curves.map(({ arm }) => arm).join(', ')}`)
    .join('; ');
  return [
    heading('ROC curves'),
    figure(
      'Mean of the curves of the sites, on the fixed grid of thresholds',
      rocCurves(`ROC curves of ${alt}`, panels),
    ),
    note(
      'Sensitivity at each false positive share, averaged over the sites that give a curve. It is a picture: the AUCs above are of the scores themselves and pooled by their variances.',
    ),
  ];
}

type Cells = Extract<GridsAnalysis['sites'][number]['grid'], { kind: 'cells' }>['cells'];
type Point = readonly [number, number];

/** From 0, 0 down the thresholds to 1, 1. */
export function curveOf(cells: Cells): Point[] {
  const total = (of: 'positives' | 'negatives'): number => cells.reduce((all, cell) => all + cell[of], 0);
  const [positives, negatives] = [total('positives') || 1, total('negatives') || 1];
  let [tp, fp] = [0, 0];
  const points = cells.toReversed().map((cell): Point => {
    tp += cell.positives;
    fp += cell.negatives;
    return [fp / negatives, tp / positives];
  });
  return [[0, 0], ...points];
}

const steps = 50;

/** Vertical average: the mean sensitivity at 51 false positive shares. */
export function meanCurve(curves: readonly (readonly Point[])[]): Point[] {
  return Array.from({ length: steps + 1 }, (_, i) => {
    const fpr = i / steps;
    const mean = curves.reduce((all, curve) => all + sensitivityAt(curve, fpr), 0) / curves.length;
    return [fpr, mean];
  });
}

/** On the straight line between two points; the upper one where several have this share. */
function sensitivityAt(curve: readonly Point[], fpr: number): number {
  const after = curve.findIndex(([x]) => x > fpr);
  if (after < 0) return curve.at(-1)![1];
  const [[x0, y0], [x1, y1]] = [curve[after - 1]!, curve[after]!];
  return y0 + ((fpr - x0) / (x1 - x0)) * (y1 - y0);
}
