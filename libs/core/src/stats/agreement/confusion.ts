// What a table of truth by prediction says: one class at a time, and as one number.
import { type Estimate, estimate, notEstimable } from '../estimate.ts';
import { type Margins, marginsOf, type SquareTable } from './square-table.ts';

export interface ClassMeasures {
  /** rows of this truth */
  readonly support: number;
  /** right among those predicted so; 'empty' where none was */
  readonly precision: Estimate;
  /** right among those that are so; 'empty' where none is */
  readonly recall: Estimate;
  /** 2 TP / (rows + columns); 'empty' where the class is neither in truth nor in prediction */
  readonly f1: Estimate;
}

export interface ConfusionMeasures {
  readonly n: number;
  /** all in 0..1 */
  readonly accuracy: number;
  /** mean recall over the classes present in the truth */
  readonly balancedAccuracy: number;
  /** mean over all classes; a measure that is 0 / 0 counts as 0 */
  readonly macroF1: number;
  readonly macroPrecision: number;
  readonly macroRecall: number;
  /** mean over the classes in truth or prediction */
  readonly macroF1Present: number;
  /** weighted by support */
  readonly weightedF1: number;
  /** equals accuracy where every row has one class */
  readonly microF1: number;
  /** -1..1; 'zero-variance' where truth or prediction is of one class only */
  readonly mcc: Estimate;
  /** chance-corrected agreement, <= 1; 'zero-variance' where chance alone agrees always */
  readonly kappa: Estimate;
  readonly kappaLinear: Estimate;
  readonly kappaQuadratic: Estimate;
  readonly classes: ClassMeasures[];
}

/**
 * Measures of table[truth][prediction]; an empty table is 'empty'.
 * @throws RangeError unless the table is square with whole counts >= 0.
 * Source: Gorodkin, Comput Biol Chem 2004;28:367-374 (MCC for k classes); Cohen 1960, 1968 (kappa and weights); Sokolova &
 * Lapalme, Inf Process Manag 2009;45:427-437 (averages). Checked: golden/confusion.json (scikit-learn 1.2, exact).
 */
export function confusionMeasures(table: SquareTable): Estimate<ConfusionMeasures> {
  const margins = marginsOf(table);
  const { n, rows, columns, agreed } = margins;
  if (n === 0) return notEstimable('empty');
  const classes = rows.map((support, i): ClassMeasures => {
    const right = table[i]![i]!;
    return {
      support,
      precision: share(right, columns[i]!),
      recall: share(right, support),
      f1: share(2 * right, support + columns[i]!),
    };
  });
  const recalls = classes.flatMap(({ recall }) => (recall.kind === 'estimate' ? [recall.value] : []));
  const f1 = classes.flatMap((one) => (one.f1.kind === 'estimate' ? [one.f1.value] : []));
  return estimate({
    n,
    accuracy: agreed / n,
    balancedAccuracy: mean(recalls),
    macroF1: mean(classes.map((one) => orZero(one.f1))),
    macroPrecision: mean(classes.map((one) => orZero(one.precision))),
    macroRecall: mean(classes.map((one) => orZero(one.recall))),
    macroF1Present: mean(f1),
    weightedF1: classes.reduce((sum, one) => sum + (one.support / n) * orZero(one.f1), 0),
    microF1: agreed / n,
    mcc: mccOf(margins),
    kappa: kappaOf(table, margins, (i, j) => (i === j ? 0 : 1)),
    kappaLinear: kappaOf(table, margins, (i, j) => Math.abs(i - j)),
    kappaQuadratic: kappaOf(table, margins, (i, j) => (i - j) ** 2),
    classes,
  });
}

/** Covariance over the root of both variances, the three in whole numbers: nothing is lost where one class is rare. */
function mccOf({ n, rows, columns, agreed }: Margins): Estimate {
  const dot = (a: readonly number[], b: readonly number[]): bigint =>
    a.reduce((sum, value, i) => sum + BigInt(value) * BigInt(b[i]!), 0n);
  const square = BigInt(n) * BigInt(n);
  const ofTruth = Number(square - dot(rows, rows));
  const ofPrediction = Number(square - dot(columns, columns));
  if (ofTruth === 0 || ofPrediction === 0) return notEstimable('zero-variance');
  const covariance = Number(BigInt(n) * BigInt(agreed) - dot(rows, columns));
  return estimate(covariance / Math.sqrt(ofTruth * ofPrediction));
}

/** 1 - observed over expected disagreement. */
function kappaOf(
  table: SquareTable,
  { n, rows, columns }: Margins,
  weight: (i: number, j: number) => number,
): Estimate {
  let [observed, expected] = [0, 0];
  table.forEach((line, i) =>
    line.forEach((count, j) => {
      observed += weight(i, j) * count;
      expected += weight(i, j) * rows[i]! * (columns[j]! / n);
    }),
  );
  return expected === 0 ? notEstimable('zero-variance') : estimate(1 - observed / expected);
}

const share = (part: number, whole: number): Estimate =>
  whole === 0 ? notEstimable('empty') : estimate(part / whole);
const orZero = (one: Estimate): number => (one.kind === 'estimate' ? one.value : 0);
const mean = (values: readonly number[]): number =>
  values.reduce((sum, value) => sum + value, 0) / values.length;
