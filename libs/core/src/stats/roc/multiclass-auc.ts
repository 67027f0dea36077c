// AUC for more than two classes: one class against the rest, and Hand & Till's mean over pairs of classes.
import { aucOf } from './auc.ts';
import { aucDelong } from './delong.ts';
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { countClasses, placements } from './placements.ts';

export interface OneVersusRest {
  /** by class, each class positive by its own score; 'no-positives' or 'no-negatives' where it has no counterpart */
  readonly auc: Estimate[];
  readonly variance: Estimate[];
  /** mean over the classes that occur, and weighted by how often they do */
  readonly macro: Estimate;
  readonly weighted: Estimate;
}

export interface HandTill {
  readonly value: number;
  /** needs two rows in every class that occurs */
  readonly variance: Estimate;
  /** A(i | j) and A(j | i), i < j, over the classes that occur */
  readonly pairs: { readonly i: number; readonly j: number; readonly ofI: number; readonly ofJ: number }[];
}

/**
 * One class against the rest, with DeLong variances. classes[n] in 0..k-1; scores[class][n], no NaN.
 * @throws RangeError on NaN, other classes or unequal lengths.
 * Source: Provost & Domingos 2001 (weighted). Checked: golden/multiclass_auc.json (ovr_*).
 */
export function oneVersusRest(
  classes: ArrayLike<number>,
  scores: readonly ArrayLike<number>[],
): OneVersusRest {
  const sizes = classSizes(classes, scores.length);
  const curves = scores.map((column, own) => {
    const labels = new Uint8Array(classes.length);
    for (let row = 0; row < labels.length; row++) labels[row] = classes[row] === own ? 1 : 0;
    return aucDelong([column], labels);
  });
  const auc = curves.map((curve) => curve.auc[0]!);
  const usable = auc.flatMap((one, own) =>
    one.kind === 'estimate' ? [{ value: one.value, size: sizes[own]! }] : [],
  );
  const rows = usable.reduce((sum, { size }) => sum + size, 0);
  const average = (sum: number, by: number): Estimate =>
    usable.length === 0 ? notEstimable('too-few-classes') : estimate(sum / by);
  return {
    auc,
    variance: curves.map((curve) => curve.covariance[0]![0]!),
    macro: average(
      usable.reduce((sum, { value }) => sum + value, 0),
      usable.length,
    ),
    weighted: average(
      usable.reduce((sum, { value, size }) => sum + value * size, 0),
      rows,
    ),
  };
}

/**
 * M = mean over pairs of classes of (A(i | j) + A(j | i)) / 2 among the rows of the two; input as `oneVersusRest`.
 * The variance sums, class by class, the sample variance of each row's placements over all its pairs (k = 2: DeLong's).
 * Classes without rows fall out; fewer than two left: 'too-few-classes'.
 * @throws RangeError as `oneVersusRest`.
 * Source: Hand & Till, Mach Learn 2001;45:171-186, eq. 7; variance by structural components: Sen, Calcutta Stat Assoc Bull
 * 1960;10:1-18. Checked: golden/multiclass_auc.json (hand_till, pairwise; exact).
 */
export function handTill(
  classes: ArrayLike<number>,
  scores: readonly ArrayLike<number>[],
): Estimate<HandTill> {
  const sizes = classSizes(classes, scores.length);
  const present = sizes.flatMap((size, own) => (size > 0 ? [own] : []));
  if (present.length < 2) return notEstimable('too-few-classes');
  const components = new Float64Array(classes.length);
  const pairs: HandTill['pairs'] = [];
  const byClass = sizes.map(() => new Array<number>());
  for (let row = 0; row < classes.length; row++) byClass[classes[row]!]!.push(row);
  for (const i of present)
    for (const j of present) {
      if (i >= j) continue;
      const rows = [...byClass[i]!, ...byClass[j]!];
      const ofI = pairAuc(rows, byClass[i]!.length, scores[i]!, components);
      const back = [...byClass[j]!, ...byClass[i]!];
      const ofJ = pairAuc(back, byClass[j]!.length, scores[j]!, components);
      pairs.push({ i, j, ofI, ofJ });
    }
  const weight = 1 / (present.length * (present.length - 1));
  return estimate({
    value: weight * pairs.reduce((sum, { ofI, ofJ }) => sum + (ofI + ofJ), 0),
    variance: spreadOf(present.map((own) => byClass[own]!.map((row) => components[row]! * weight))),
    pairs,
  });
}

/** AUC of the first `own` rows above the others; adds each row's placement to its component. */
function pairAuc(
  rows: readonly number[],
  own: number,
  column: ArrayLike<number>,
  components: Float64Array,
): number {
  const labels = new Uint8Array(rows.length).fill(1, 0, own);
  const values = new Float64Array(rows.length);
  rows.forEach((row, at) => (values[at] = column[row]!));
  const split = countClasses(labels);
  const curve = placements(values, split);
  rows.forEach((row, at) => {
    const other = labels[at] === 1 ? split.negatives : split.positives;
    components[row]! += curve.doubled[at]! / (2 * other);
  });
  const area = aucOf(curve, split);
  return area.kind === 'estimate' ? area.value : NaN;
}

function spreadOf(groups: readonly (readonly number[])[]): Estimate {
  let variance = 0;
  for (const values of groups) {
    const n = values.length;
    if (n < 2) return notEstimable('too-few-positives');
    const mean = values.reduce((sum, value) => sum + value, 0) / n;
    variance += values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (n - 1) / n;
  }
  return estimate(variance);
}

function classSizes(classes: ArrayLike<number>, k: number): number[] {
  const sizes = Array.from({ length: k }, () => 0);
  for (let row = 0; row < classes.length; row++) {
    const own = classes[row]!;
    if (sizes[own] === undefined) throw new RangeError(`classes must be 0..${k - 1}: ${own} in row ${row}`);
    sizes[own] += 1;
  }
  return sizes;
}
