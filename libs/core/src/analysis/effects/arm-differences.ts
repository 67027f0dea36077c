// Paired differences between two arms of one classifier at one site, whether or not the protocol compares them.
import type { Arm } from '../../contract/index.ts';
import { contrastOf, estimate, type Estimate, mapEstimate } from '../../stats/index.ts';
import type { SiteReport } from '../pooling-input.ts';
import { absentFigure, type SiteFigure } from '../pooled/site-figures.ts';

/**
 * AUC on arm `a` minus AUC on arm `b`: the comparison of the report where it has one, since its variance comes from squared
 * placement differences and keeps all its digits; else from the AUCs and their covariance.
 */
export function armDifference(report: SiteReport, sha256: string, a: Arm, b: Arm): SiteFigure {
  const entry = report.result.classifiers.find(({ classifier }) => classifier === sha256);
  if (entry?.kind !== 'binary') return absentFigure(report);
  const { positives, negatives, arms, auc, covariance } = entry;
  const rows = { report, positives, negatives };
  const reported = compared(report, sha256, a, b);
  if (reported) return { ...rows, ...reported };
  if (!arms.includes(a) || !arms.includes(b)) return absentFigure(report);
  const weights = arms.map((arm) => Number(arm === a) - Number(arm === b));
  const contrast = contrastOf(auc, covariance, weights);
  return {
    ...rows,
    value: mapEstimate(contrast, ({ value }) => value),
    variance: mapEstimate(contrast, ({ variance }) => variance),
  };
}

function compared(
  { result }: SiteReport,
  sha256: string,
  a: Arm,
  b: Arm,
): { value: Estimate; variance: Estimate } | undefined {
  for (const one of result.comparisons) {
    if (one.a.classifier !== sha256 || one.b.classifier !== sha256) continue;
    const { difference, variance } = one;
    if (one.a.arm === a && one.b.arm === b) return { value: difference, variance };
    if (one.a.arm === b && one.b.arm === a)
      return { value: mapEstimate(difference, (value) => 0 - value), variance };
  }
  return undefined;
}

/** The difference of two figures of one site, with a variance that is known from elsewhere. */
export function minus(total: SiteFigure, part: SiteFigure, variance: Estimate): SiteFigure {
  if (total.value.kind !== 'estimate') return { ...total, variance };
  if (part.value.kind !== 'estimate') return { ...total, value: part.value, variance };
  return { ...total, value: estimate(total.value.value - part.value.value), variance };
}
