// probability_scores.json: Brier, log loss, and calibration in the large and by slope.
import { auc, brier, calibration, logLoss } from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, numbers } from './reading.ts';
import { absolute, relative, type Tally, valueOf } from './tally.ts';

export function checkProbabilityScores(test: Fields, tally: Tally): void {
  const [y, p] = [numbers(test.y, 'y'), numbers(test.p, 'p')];
  const expected = fields(test.expected, 'expected');
  const close = absolute(1e-12);
  tally.compare('brier', valueOf(brier(y, p)), expected.brier, close);
  tally.compare('log_loss', valueOf(logLoss(y, p)), expected.log_loss, close);
  if (typeof expected.auc === 'number') tally.compare('auc', valueOf(auc(p, y)), expected.auc, close);

  const found = calibration(y, p);
  if (found.kind !== 'estimate') return tally.fail(`no calibration: ${found.reason}`);
  const { n, positives, expected: sum, inTheLarge, slope } = found.value;
  tally.compare('mean_p', sum / n, expected.mean_p, close);
  tally.compare('prevalence', positives / n, expected.prevalence, close);
  const excess = absolute(1e-12 * Math.max(1, n));
  tally.compare('observed_minus_expected', positives - sum, expected.observed_minus_expected, excess);

  const [coefficient, error] = [absolute(1e-8), relative(1e-6)];
  const both = slope.kind === 'estimate' ? slope.value : undefined;
  const large = inTheLarge.kind === 'estimate' ? inTheLarge.value : undefined;
  if (expected.calibration_statsmodels === undefined) {
    // the reference fits only where probabilities vary strictly inside 0..1 and both labels occur
    if (both) tally.fail('a slope where the reference has none');
    return;
  }
  const statsmodels = fields(expected.calibration_statsmodels, 'calibration_statsmodels');
  const glm = fields(expected.calibration_glm, 'calibration_glm');
  tally.compare('slope', both?.value ?? NaN, statsmodels.slope, coefficient);
  tally.compare('intercept', both?.intercept.value ?? NaN, statsmodels.intercept, coefficient);
  tally.compare('se_slope', both?.se ?? NaN, statsmodels.se_slope, error);
  tally.compare('se_intercept', both?.intercept.se ?? NaN, statsmodels.se_intercept, error);
  const size = (both?.se ?? 0) * (both?.intercept.se ?? 0);
  const cov = statsmodels.cov_intercept_slope;
  tally.compare('cov_intercept_slope', both?.covariance ?? NaN, cov, relative(1e-6, size));
  tally.compare('intercept_in_large', large?.value ?? NaN, glm.intercept_in_large, coefficient);
  // glm takes its standard errors from the step before the last: good to 1e-7
  tally.compare('se_intercept_in_large', large?.se ?? NaN, glm.se_intercept_in_large, error);
}
