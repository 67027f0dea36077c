// One binary classifier on one arm: the AUC of every site, and the pooled AUC.
import type { CellAnalysis, CellRef } from '../contract/index.ts';
import { logitInterval, poolAucs } from '../stats/index.ts';
import { pooledEstimates } from './pooled/pooled-estimate.ts';
import { groupFigures, poolFigure } from './pooled/pooled-figure.ts';
import type { ClassifierFacts, SiteReport } from './pooling-input.ts';
import { absentFigure, poolable, type SiteFigure, siteRows } from './pooled/site-figures.ts';

/** Pools plain and logit AUCs; weights and exclusions of the rows are those of the plain scale, intervals logit. */
export function analyseCell(
  { classifier, arm }: CellRef,
  { sha256, trainedArm }: Pick<ClassifierFacts, 'sha256' | 'trainedArm'>,
  reports: readonly SiteReport[],
  level: number,
  internal: (siteName: string) => boolean,
): CellAnalysis {
  const figures = cellFigures({ classifier: sha256, arm }, reports);
  const plain = poolAucs(figures.map(poolable), 'plain', level);
  const logit = poolAucs(figures.map(poolable), 'logit', level);
  return {
    classifier,
    arm,
    diagonal: arm === trainedArm,
    sites: siteRows(figures, plain, (auc, variance) => logitInterval(auc, variance, level)),
    pooled: pooledEstimates([
      { scale: 'plain', meta: plain.fixedEffect, value: plain.fixedAuc },
      { scale: 'plain', meta: plain.randomEffects, value: plain.randomAuc },
      { scale: 'logit', meta: logit.fixedEffect, value: logit.fixedAuc },
      { scale: 'logit', meta: logit.randomEffects, value: logit.randomAuc },
    ]),
    meta: poolFigure(figures, { kind: 'auc', level }),
    groups: groupFigures(figures, { kind: 'auc', level }, ({ report }) => internal(report.siteName)),
  };
}

/** @param cell as reports name it: classifier by SHA-256. */
export function cellFigures(cell: CellRef, reports: readonly SiteReport[]): SiteFigure[] {
  return reports.map((report) => aucFigure(report, cell.classifier, cell.arm));
}

function aucFigure(report: SiteReport, sha256: string, arm: CellRef['arm']): SiteFigure {
  const entry = report.result.classifiers.find(({ classifier }) => classifier === sha256);
  if (entry?.kind !== 'binary') return absentFigure(report);
  const index = entry.arms.indexOf(arm);
  const [value, variance] = [entry.auc[index], entry.covariance[index]?.[index]];
  if (value === undefined || variance === undefined) return absentFigure(report);
  return { report, positives: entry.positives, negatives: entry.negatives, value, variance };
}
