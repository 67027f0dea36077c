// Every pooled number of an analysis with its place and the signed reports it was computed from.
import type { Analysis } from '../contract/index.ts';
import { poolAucs, poolDifferences } from '../stats/index.ts';
import { cellFigures } from './cell-analysis.ts';
import { comparisonFigures } from './comparison-analysis.ts';
import { confusionsOf } from './multiclass-analysis.ts';
import type { PoolingInput, SiteReport } from './pooling-input.ts';
import { qualifiedReports } from './qualified-reports.ts';
import { poolable } from './site-figures.ts';

export interface PooledNumber {
  /** JSON path from the analysis, e.g. `cells.0.pooled.estimates.1.tau2` */
  readonly path: string;
  readonly value: number;
  /** payload digests; a report whose figure was left out of the pooling is not among them */
  readonly reports: readonly string[];
}

/** @param analysis what `planPooling` computed from the same input. */
export function pooledNumbers(analysis: Analysis, input: PoolingInput): PooledNumber[] {
  const reports = qualifiedReports(input);
  const shaOf = (id: string): string => input.classifiers.get(id)?.sha256 ?? '';
  const cells = analysis.cells.flatMap(({ classifier, arm, pooled }, index) => {
    const figures = cellFigures({ classifier: shaOf(classifier), arm }, reports).map(poolable);
    return estimatesOf(pooled).flatMap((estimate, i) => {
      const { included } = poolAucs(figures, estimate.scale, analysis.level);
      return leaves(`cells.${index}.pooled.estimates.${i}`, estimate, digests(reports, included));
    });
  });
  const comparisons = analysis.comparisons.flatMap(({ a, b, pooled, zTest }, index) => {
    const [cellA, cellB] = [a, b].map((cell) => ({ ...cell, classifier: shaOf(cell.classifier) }));
    const figures = cellA && cellB ? comparisonFigures(cellA, cellB, reports).map(poolable) : [];
    const { included } = poolDifferences(figures, analysis.level);
    const from = digests(reports, included);
    return [
      ...leaves(`comparisons.${index}.pooled.estimates`, estimatesOf(pooled), from),
      ...leaves(`comparisons.${index}.zTest`, zTest, from),
    ];
  });
  const multiclass = analysis.multiclass.flatMap(
    ({ classifier, arm, labels, confusion, accuracy }, index) => {
      const tables = confusionsOf({ classifier: shaOf(classifier), arm }, labels.length, reports);
      const from = tables.map(({ report }) => report.payloadDigest);
      return [
        ...leaves(`multiclass.${index}.confusion`, confusion, from),
        ...leaves(`multiclass.${index}.accuracy`, accuracy, from),
      ];
    },
  );
  return [...cells, ...comparisons, ...multiclass, ...filmNumbers(analysis)];
}

/** Means over films say themselves which reports they were read from. */
function filmNumbers({ segmentation, cam, folds }: Analysis): PooledNumber[] {
  const from = (sites: readonly { payloadDigest: string; value: { kind: string } }[]): string[] =>
    sites.filter(({ value }) => value.kind === 'moments').map(({ payloadDigest }) => payloadDigest);
  return [
    ...segmentation.flatMap(({ dice, differences }, index) =>
      Object.entries({ dice, differences }).flatMap(([name, means]) =>
        means.flatMap(({ pooled, sites }, i) =>
          leaves(`segmentation.${index}.${name}.${i}.pooled`, pooled, from(sites)),
        ),
      ),
    ),
    ...cam.flatMap(({ marker, lesion, elsewhere }, index) =>
      Object.entries({ marker, lesion, elsewhere }).flatMap(([name, { pooled, sites }]) =>
        leaves(`cam.${index}.${name}.pooled`, pooled, from(sites)),
      ),
    ),
    ...folds.flatMap(({ mean, sd, payloadDigest }, index) =>
      leaves(`folds.${index}`, { mean, sd }, [payloadDigest]),
    ),
  ];
}

type Pooled = Analysis['cells'][number]['pooled'];
const estimatesOf = (pooled: Pooled) => (pooled.kind === 'pooled' ? pooled.estimates : []);

function digests(reports: readonly SiteReport[], included: readonly number[]): string[] {
  return included.map((index) => reports[index]?.payloadDigest ?? '');
}

function leaves(path: string, value: unknown, reports: readonly string[]): PooledNumber[] {
  if (typeof value === 'number') return [{ path, value, reports }];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => leaves(`${path}.${key}`, inner, reports));
}
