// confusion.json: measures of a k x k table against exact values, scikit-learn's conventions where only it has a figure.
import {
  binaryMeasures,
  confusionMeasures,
  type ConfusionMeasures,
  type Estimate,
} from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, table } from './reading.ts';
import { absolute, exactly, type Tally, valueOf } from './tally.ts';

const close = absolute(1e-12);

export function checkConfusion(test: Fields, tally: Tally): void {
  const counts = table(test.cm, 'cm');
  const expected = fields(test.expected, 'expected');
  const found = confusionMeasures(counts);
  if (found.kind !== 'estimate') return tally.fail(`no measures: ${found.reason}`);
  compareExact(found.value, fields(expected.exact, 'exact'), tally);
  compareSklearn(found.value, fields(expected.sklearn, 'sklearn'), tally);
  if (expected.binary !== undefined) compareBinary(counts, fields(expected.binary, 'binary'), tally);
}

function compareExact(found: ConfusionMeasures, exact: Fields, tally: Tally): void {
  tally.compare('n', found.n, exact.n, exactly);
  tally.compare('accuracy', found.accuracy, exact.accuracy, close);
  tally.compare('balanced_accuracy', found.balancedAccuracy, exact.balanced_accuracy, close);
  tally.compare('macro_f1_all_labels', found.macroF1, exact.macro_f1_all_labels, close);
  tally.compare('mcc', valueOf(found.mcc), exact.mcc, close);
  tally.compare('kappa', valueOf(found.kappa), exact.kappa, close);
  tally.compare('kappa_linear', valueOf(found.kappaLinear), exact.kappa_linear, close);
  tally.compare('kappa_quadratic', valueOf(found.kappaQuadratic), exact.kappa_quadratic, close);
}

/** scikit-learn says 0 where a measure is 0 / 0. */
function compareSklearn(found: ConfusionMeasures, sklearn: Fields, tally: Tally): void {
  const orZero = (one: Estimate): number => (one.kind === 'estimate' ? one.value : 0);
  tally.compare('macro_f1_present_labels', found.macroF1Present, sklearn.macro_f1_present_labels, close);
  tally.compare('weighted_f1', found.weightedF1, sklearn.weighted_f1, close);
  tally.compare('micro_f1', found.microF1, sklearn.micro_f1, close);
  tally.compare('macro_precision', found.macroPrecision, sklearn.macro_precision, close);
  tally.compare('macro_recall', found.macroRecall, sklearn.macro_recall, close);
  const list = (key: 'precision' | 'recall' | 'f1') => found.classes.map((one) => orZero(one[key]));
  tally.compareList('per_class_precision', list('precision'), sklearn.per_class_precision, close);
  tally.compareList('per_class_recall', list('recall'), sklearn.per_class_recall, close);
  tally.compareList('per_class_f1', list('f1'), sklearn.per_class_f1, close);
  const support = found.classes.map((one) => one.support);
  tally.compareList('support', support, sklearn.support, exactly);
}

function compareBinary(counts: readonly (readonly number[])[], binary: Fields, tally: Tally): void {
  const found = binaryMeasures(counts);
  for (const name of ['sensitivity', 'specificity', 'ppv', 'npv', 'accuracy', 'prevalence'] as const) {
    const expected = fields(binary[name], name);
    const own = found[name].kind === 'estimate' ? found[name].value : undefined;
    if (own) tally.compare(`${name} x`, own.successes, expected.x, exactly);
    if (own) tally.compare(`${name} n`, own.n, expected.n, exactly);
    tally.compare(name, own?.estimate ?? NaN, expected.estimate, close);
    tally.compareList(`${name} wilson95`, own?.wilson, expected.wilson95, absolute(1e-9));
    tally.compareList(
      `${name} clopper_pearson95`,
      own?.clopperPearson,
      expected.clopper_pearson95,
      absolute(1e-9),
    );
  }
  const orZero = (one: Estimate): number => (one.kind === 'estimate' ? one.value : 0);
  tally.compare('f1', orZero(found.f1), binary.f1, close);
  tally.compare('jaccard', orZero(found.jaccard), binary.jaccard, close);
  tally.compare('youden_j', valueOf(found.youden), binary.youden_j, close);
}
