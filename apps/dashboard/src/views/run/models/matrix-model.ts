// From an analysis to the matrix of models and arms.
import type { Analysis, CellAnalysis } from '@sidemark/core/contract';
import type { MatrixCell, MatrixData } from '../../../charts/matrix/auc-matrix.tsx';
import { three } from '../../../format/number.ts';
import { absence, armNames, isWithheld } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import { cellName } from '../names.ts';
import { pooledAnswer, whyNotPooled } from '../pooled.ts';

export function matrixModel({ cells }: Pick<Analysis, 'cells'>, links: Links): MatrixData {
  const arms = [...new Set(cells.map(({ arm }) => arm))];
  const models = [...new Set(cells.map(({ classifier }) => classifier))];
  const cellAt = (model: string, arm: CellAnalysis['arm']): MatrixCell | null => {
    const cell = cells.find((one) => one.classifier === model && one.arm === arm);
    return cell ? matrixCell(links, cell) : null;
  };
  return {
    title: 'Pooled AUC of every model on every arm',
    arms: arms.map((arm) => armNames[arm]),
    rows: models.map((name) => ({ name, cells: arms.map((arm) => cellAt(name, arm)) })),
  };
}

function matrixCell(links: Links, cell: CellAnalysis): MatrixCell {
  const estimate = pooledAnswer(cell);
  const name = cellName(cell);
  const trained = cell.diagonal ? ', the arm it was trained on' : '';
  const common = {
    diagonal: cell.diagonal,
    href: links.figure({ kind: 'cell', classifier: cell.classifier, arm: cell.arm }),
  };
  if (estimate) {
    const note = `${three(estimate.lower)}–${three(estimate.upper)}`;
    const label = `${three(estimate.estimate)} ${note}: pooled AUC of ${name}${trained}`;
    return { ...common, value: estimate.estimate, note, withheld: false, label };
  }
  const reason = whyNotPooled(cell);
  const note = isWithheld(reason) ? 'withheld' : 'not estimable';
  const label = `${note}: pooled AUC of ${name}${trained}; ${absence(reason)}`;
  return { ...common, value: null, note, withheld: isWithheld(reason), label };
}
