// Truth by prediction for one yes-or-no question: the measures of a diagnostic test, with intervals.
import { type Estimate, estimate, mapEstimate, notEstimable } from '../estimate.ts';
import { proportion, type Proportion } from '../proportion.ts';
import { marginsOf, type SquareTable } from './square-table.ts';

export interface BinaryMeasures {
  /** each 'empty' where its denominator is 0 */
  readonly sensitivity: Estimate<Proportion>;
  readonly specificity: Estimate<Proportion>;
  readonly ppv: Estimate<Proportion>;
  readonly npv: Estimate<Proportion>;
  readonly accuracy: Estimate<Proportion>;
  readonly prevalence: Estimate<Proportion>;
  /** 2 TP / (2 TP + FP + FN) and TP / (TP + FP + FN), in 0..1; 'empty' at 0 / 0 */
  readonly f1: Estimate;
  readonly jaccard: Estimate;
  /** sensitivity + specificity - 1, in -1..1; needs both classes */
  readonly youden: Estimate;
}

/**
 * Measures of [[TN, FP], [FN, TP]] (rows truth, columns prediction, class 1 positive), each proportion with Wilson and
 * Clopper-Pearson intervals at `level`.
 * @throws RangeError unless the table is 2 x 2 with whole counts >= 0 and 0 < level < 1.
 * Source: Altman & Bland, BMJ 1994;308:1552 and 309:102; Youden, Cancer 1950;3:32-35. Checked: golden/confusion.json.
 */
export function binaryMeasures(table: SquareTable, level = 0.95): BinaryMeasures {
  const { n } = marginsOf(table);
  if (table.length !== 2) throw new RangeError(`a binary table is 2 x 2: ${table.length} categories`);
  const [[tn, fp], [fn, tp]] = [
    [table[0]![0]!, table[0]![1]!],
    [table[1]![0]!, table[1]![1]!],
  ];
  const sensitivity = proportion(tp, tp + fn, level);
  const specificity = proportion(tn, tn + fp, level);
  return {
    sensitivity,
    specificity,
    ppv: proportion(tp, tp + fp, level),
    npv: proportion(tn, tn + fn, level),
    accuracy: proportion(tp + tn, n, level),
    prevalence: proportion(tp + fn, n, level),
    f1: share(2 * tp, 2 * tp + fp + fn),
    jaccard: share(tp, tp + fp + fn),
    youden:
      specificity.kind === 'estimate'
        ? mapEstimate(sensitivity, ({ estimate: value }) => value + specificity.value.estimate - 1)
        : specificity,
  };
}

const share = (part: number, whole: number): Estimate =>
  whole === 0 ? notEstimable('empty') : estimate(part / whole);
