// Every model on every arm at a glance.
import type { ReactNode } from 'react';
import { AucMatrix } from '../../../charts/matrix/auc-matrix.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Numbers, Section, type SectionProps } from '../section.tsx';
import { matrixModel } from './matrix-model.ts';
import { cellsTable } from './model-tables.ts';

export function MatrixSection({ analysis, links, width }: SectionProps): ReactNode {
  return (
    <Section
      id="matrix"
      title="Models and arms"
      href={links.section('matrix')}
      lead="Pooled AUC with its interval. A frame marks the arm that a model was trained on; the paper compares these. Hatched is withheld. Choose a cell to see its sites."
    >
      <div className="canvas">
        <AucMatrix data={matrixModel(analysis, links)} width={width} />
      </div>
      <Numbers>
        <DataTable table={cellsTable(analysis, links)} heading={false} />
      </Numbers>
    </Section>
  );
}
