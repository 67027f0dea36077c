// The result of a run: one figure in full, then every model and arm, every comparison, every site, every report.
import type { ReactNode } from 'react';
import type { Analysis, ReportList } from '@sidemark/core/contract';
import type { z } from 'zod';
import { AucMatrix } from '../../charts/auc-matrix.tsx';
import { ForestPlot } from '../../charts/forest-plot.tsx';
import { useWidth } from '../../live/use-width.ts';
import { type FigureRef, hrefs } from '../../routes/route.ts';
import { statusNames } from '../../format/words.ts';
import { DataTable } from '../parts/data-table.tsx';
import { exclusionsTable, leaveOneOutTable } from './account-tables.ts';
import { forestModel } from './forest-model.ts';
import { matrixModel } from './matrix-model.ts';
import { cellName } from './names.ts';
import { type Figure, findFigure, refOf } from './pooled.ts';
import { reportsTable } from './reports-table.ts';
import { accuracyTable, cellsTable, comparisonsTable, figureTable, sitesTable } from './tables.ts';
import { verdictOf } from './verdict.ts';

interface Result {
  readonly analysis: Analysis;
  readonly reports: z.infer<typeof ReportList>;
}

export function Robustness({ analysis, reports, wanted }: Result & { wanted: FigureRef | null }): ReactNode {
  const figure = findFigure(analysis, wanted);
  return (
    <>
      {figure ? (
        <FigureSection analysis={analysis} figure={figure} />
      ) : (
        <p className="hint">
          The protocol of this run has no such figure. <a href={hrefs.run(analysis.run)}>Its main result</a>
        </p>
      )}
      {analysis.cells.length > 0 && <MatrixSection analysis={analysis} />}
      {analysis.comparisons.length > 0 && <DataTable table={comparisonsTable(analysis)} />}
      <DataTable table={sitesTable(analysis)} />
      {analysis.exclusions.length > 0 && <DataTable table={exclusionsTable(analysis)} />}
      {analysis.multiclass.length > 0 && <DataTable table={accuracyTable(analysis)} />}
      <DataTable table={reportsTable(analysis, reports)} />
      <p className="hint">
        The coordinator verified signature, key, protocol and sequence of each report before it signed the
        receipt. Whoever doubts it checks again, without the coordinator: <code>sidemark bundle export</code>,
        then <code>sidemark bundle verify</code>.
      </p>
    </>
  );
}

function FigureSection({ analysis, figure }: { analysis: Analysis; figure: Figure }): ReactNode {
  const [ref, width] = useWidth();
  const { headline, detail } = verdictOf(figure, analysis);
  const data = forestModel(analysis, figure);
  return (
    <section aria-labelledby="figure" className="card figure">
      <p className="kicker">{kicker(figure)}</p>
      <h2 id="figure" className="headline">
        {headline}
      </h2>
      <p className="quiet">{detail}</p>
      <Chooser analysis={analysis} shown={figure} />
      <div ref={ref} className="canvas">
        {width > 0 && <ForestPlot data={data} width={width} />}
      </div>
      <details>
        <summary>Numbers</summary>
        <DataTable table={figureTable(analysis, figure)} heading={false} />
        {figure.of.meta.leaveOneOut.length > 0 && (
          <DataTable table={leaveOneOutTable(figure)} heading={false} />
        )}
      </details>
    </section>
  );
}

function kicker(figure: Figure): string {
  if (figure.kind === 'cell') return 'One model on one arm';
  return statusNames[figure.of.question.status];
}

/** The other figures of the run, each with an address of its own. */
function Chooser({ analysis, shown }: { analysis: Analysis; shown: Figure }): ReactNode {
  const { run, comparisons } = analysis;
  const isShown = (id: string): boolean => shown.kind === 'comparison' && shown.of.id === id;
  if (comparisons.length < 2 && shown.kind === 'comparison') return null;
  const cell = shown.kind === 'cell' ? refOf(shown) : null;
  return (
    <nav className="chooser" aria-label="Figure">
      {comparisons.map(({ id }) => (
        <a
          key={id}
          href={hrefs.figure(run, { kind: 'comparison', id })}
          aria-current={isShown(id) ? 'true' : undefined}
        >
          {id}
        </a>
      ))}
      {cell && shown.kind === 'cell' && (
        <a href={hrefs.figure(run, cell)} aria-current="true">
          {cellName(shown.of)}
        </a>
      )}
    </nav>
  );
}

function MatrixSection({ analysis }: { analysis: Analysis }): ReactNode {
  const [ref, width] = useWidth();
  return (
    <section aria-labelledby="matrix" className="card">
      <h2 id="matrix">Models and arms</h2>
      <p className="quiet">
        Pooled AUC with its interval. A frame marks the arm that a model was trained on; the paper compares
        these. Choose a cell to see its sites.
      </p>
      <div ref={ref} className="canvas">
        {width > 0 && <AucMatrix data={matrixModel(analysis)} width={width} />}
      </div>
      <details>
        <summary>Numbers</summary>
        <DataTable table={cellsTable(analysis)} heading={false} />
      </details>
    </section>
  );
}
