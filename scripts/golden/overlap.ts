// overlap.json: Dice and Jaccard of two masks, both with two empty masks left out and counted as 1.
import { dice, jaccard } from '../../libs/core/src/stats/index.ts';
import { type Fields, fields, text } from './reading.ts';
import { absolute, exactly, type Tally } from './tally.ts';

export function checkOverlap(test: Fields, tally: Tally): void {
  const [truth, pred] = [text(test.truth, 'truth'), text(test.pred, 'pred')];
  const expected = fields(test.expected, 'expected');
  let [tp, fp, fn] = [0, 0, 0];
  for (let at = 0; at < truth.length; at++) {
    if (truth[at] === '1' && pred[at] === '1') tp++;
    else if (pred[at] === '1') fp++;
    else if (truth[at] === '1') fn++;
  }
  const counts = { tp, fp, fn };
  const close = absolute(1e-12);
  tally.compare('tp', tp, expected.tp, exactly);
  tally.compare('dice', dice(counts, 'excluded') ?? NaN, expected.dice, close);
  tally.compare('jaccard', jaccard(counts, 'excluded') ?? NaN, expected.jaccard, close);
  const asOne = (measure: typeof dice): number => measure(counts, 'one') ?? NaN;
  tally.compare('dice, empty 1', asOne(dice), expected.dice_sklearn_zero_division_1, close);
  tally.compare('jaccard, empty 1', asOne(jaccard), expected.jaccard_sklearn_zero_division_1, close);
}
