// multiclass_auc.json: Hand & Till, one-vs-rest, and what scikit-learn says of the same probabilities.
import {
  confusionMeasures,
  crossTable,
  type Estimate,
  handTill,
  multiclassScores,
  oneVersusRest,
} from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, number, numbers, table } from './reading.ts';
import { absolute, exactly, relative, type Tally, valueOf } from './tally.ts';

const close = absolute(1e-12);

export function checkMulticlassAuc(test: Fields, tally: Tally): void {
  const [y, rows, scale] = [
    numbers(test.y, 'y'),
    table(test.prob_int, 'prob_int'),
    number(test.prob_scale, 'prob_scale'),
  ];
  const k = number(test.k, 'k');
  const columns = Array.from({ length: k }, (_, own) => rows.map((row) => (row[own] ?? NaN) / scale));
  const expected = fields(test.expected, 'expected');
  const exact = fields(expected.exact, 'exact');

  const pairwise = handTill(y, columns);
  const found = pairwise.kind === 'estimate' ? pairwise.value : undefined;
  tally.compare('hand_till', found?.value ?? NaN, exact.hand_till, close);
  const pairs = fields(exact.pairwise, 'pairwise');
  tally.compare('pairs', found?.pairs.length ?? 0, Object.keys(pairs).length, exactly);
  for (const { i, j, ofI, ofJ } of found?.pairs ?? [])
    tally.compareList(`${i}/${j}`, [ofI, ofJ], pairs[`${i}/${j}`], close);

  const rest = oneVersusRest(y, columns);
  const list = (estimates: readonly Estimate[]) => estimates.map(valueOf);
  tally.compareList('ovr_auc', list(rest.auc), exact.ovr_auc, close);
  tally.compareList('ovr_var_delong', list(rest.variance), exact.ovr_var_delong, relative(1e-10, 1e-12));
  tally.compare('ovr_macro', valueOf(rest.macro), exact.ovr_macro, close);
  tally.compare('ovr_weighted', valueOf(rest.weighted), exact.ovr_weighted, close);

  const scores = multiclassScores(y, columns);
  const { brier, logLoss } = scores.kind === 'estimate' ? scores.value : { brier: NaN, logLoss: NaN };
  tally.compare('brier_multiclass_sum', brier, expected.brier_multiclass_sum, close);
  tally.compare('log_loss', logLoss, fields(expected.sklearn, 'sklearn').log_loss, close);

  const predicted = rows.map((row) => row.indexOf(Math.max(...row)));
  const confusion = crossTable(y, predicted, k);
  tally.compareList('argmax_cm', confusion.flat(), table(expected.argmax_cm, 'argmax_cm').flat(), exactly);
  const measures = confusionMeasures(confusion);
  const accuracy = measures.kind === 'estimate' ? measures.value.accuracy : NaN;
  tally.compare('argmax_accuracy', accuracy, expected.argmax_accuracy, close);
}
