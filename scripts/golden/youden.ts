// The Youden points of roc_delong.json, ties decided in whole numbers, and pROC's curve.
import { rocCurve, youden } from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, list, number, numbers } from './reading.ts';
import { absolute, exactly, type Tally } from './tally.ts';

/** @param scores higher = more abnormal: negated for direction ">", `sign` -1 then */
export function compareYouden(
  scores: ArrayLike<number>,
  labels: ArrayLike<number>,
  sign: 1 | -1,
  expected: Fields,
  tally: Tally,
): void {
  const curve = rocCurve(scores, labels);
  if (curve.kind !== 'estimate') return tally.fail(`no curve: ${curve.reason}`);
  const exact = fields(expected.youden_exact, 'youden_exact');
  const { j, numerator, denominator, cuts } = youden(curve.value);
  tally.compare('j', j, exact.j, absolute(1e-12));
  tally.compare('j_numerator', numerator, exact.j_numerator, exactly);
  tally.compare('j_denominator', denominator, exact.j_denominator, exactly);
  const listed = list(exact.cuts, 'cuts').map((cut) => fields(cut, 'cut'));
  tally.compare('cuts', cuts.length, exact.cuts_total ?? listed.length, exactly);
  listed.forEach((cut, at) => {
    const own = cuts[at];
    const from = own?.acceptFrom ?? null;
    tally.compare(`accept_from[${at}]`, from === null ? NaN : sign * from, cut.accept_from, exactly);
    tally.compare(`midpoint[${at}]`, sign * (own?.midpoint ?? NaN), cut.midpoint, exactly);
    tally.compare(`tp[${at}]`, own?.truePositives ?? NaN, cut.tp, exactly);
    tally.compare(`fp[${at}]`, own?.falsePositives ?? NaN, cut.fp, exactly);
  });

  if (expected.curve_pROC === undefined || expected.curve_pROC === null) return;
  const { positives, negatives, points } = curve.value;
  const reference = fields(expected.curve_pROC, 'curve_pROC');
  const sorted = (values: number[]) => values.sort((a, b) => a - b);
  // as sets: pROC turns its order round with the direction
  for (const [name, own] of [
    ['sensitivity', points.map(({ truePositives }) => truePositives / positives)],
    ['specificity', points.map(({ falsePositives }) => 1 - falsePositives / negatives)],
  ] as const) {
    const theirs = sorted(list(reference[name], name).map((value) => number(value, name)));
    tally.compareList(name, sorted(own), theirs, absolute(1e-12));
  }
  tally.compare('thresholds', points.length, numbers(reference.threshold, 'threshold').length, exactly);
}
