// average_precision.json: against the rational value.
import { averagePrecision } from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, numbers } from './reading.ts';
import { absolute, exactly, type Tally, valueOf } from './tally.ts';

export function checkAveragePrecision(test: Fields, tally: Tally): void {
  const [y, score] = [numbers(test.y, 'y'), numbers(test.score, 'score')];
  const expected = fields(test.expected, 'expected');
  const positives = y.reduce((sum, label) => sum + label, 0);
  tally.compare('n_pos', positives, expected.n_pos, exactly);
  const found = averagePrecision(score, y);
  // scikit-learn says 0 (with a warning) where nobody is positive, we say why there is none
  if (positives === 0 && found.kind === 'not-estimable') return;
  tally.compare('average_precision', valueOf(found), expected.average_precision_exact, absolute(1e-12));
}
