// Accuracy of multi-class models as a table.
import type { MulticlassAnalysis } from '@sidemark/core/contract';
import { count, interval, three } from '../../../format/number.ts';
import { armNames } from '../../../format/words.ts';
import type { Table } from '../../parts/table.ts';
import { none, numberCell } from '../cells.ts';

/** Multi-class models: correct predictions over all sites. */
export function accuracyTable(multiclass: readonly MulticlassAnalysis[]): Table {
  return {
    caption: 'Accuracy of multi-class models, over the sites that tell how many are right',
    file: 'accuracy',
    columns: [
      { label: 'Model' },
      { label: 'Arm' },
      ...['Accuracy', 'Correct', 'Films', 'Sites'].map((label) => ({ label, numeric: true })),
    ],
    rows: multiclass.map(({ classifier, arm, accuracy }) => {
      const names = [{ text: classifier }, { text: armNames[arm] }];
      if (accuracy === null)
        return [...names, { text: 'withheld at every site', tone: 'absent' }, none, none, none];
      const { correct, total, lower, upper, sites } = accuracy;
      return [
        ...names,
        { text: interval(three, { estimate: correct / total, lower, upper }), raw: String(correct / total) },
        numberCell(count, correct),
        numberCell(count, total),
        numberCell(count, sites),
      ];
    }),
  };
}
