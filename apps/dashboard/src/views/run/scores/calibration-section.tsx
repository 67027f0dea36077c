// Whether the probabilities of a model are right: reliability, calibration in the large and its slope.
import type { ReactNode } from 'react';
import type { Analysis, CalibrationAnalysis, GridsAnalysis } from '@sidemark/core/contract';
import { type ReliabilityData, ReliabilityPlot } from '../../../charts/curves/reliability-plot.tsx';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import type { DotRowsData } from '../../../charts/rows/row-data.ts';
import { signed, three } from '../../../format/number.ts';
import { armNames } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Table } from '../../parts/table.ts';
import { numberCell, optionalCell } from '../cells.ts';
import { figureRows } from '../figure-rows.ts';
import { Numbers, Section, type SectionProps } from '../section.tsx';
import { gridsOf } from './roc-model.ts';

export const calibrationsOf = (
  { calibration }: Pick<Analysis, 'calibration'>,
  model: string,
): CalibrationAnalysis[] => calibration.filter(({ classifier }) => classifier === model);

export function reliabilityModel({ arm, sites }: GridsAnalysis): ReliabilityData {
  return {
    ...{ title: armNames[arm], tone: arm },
    lines: sites.flatMap(({ siteName, grid }) =>
      grid.kind === 'cells'
        ? [
            {
              site: siteName,
              cells: grid.cells.map(({ positives, negatives, predicted }) => {
                const films = positives + negatives;
                return { predicted, observed: films === 0 ? 0 : positives / films, films };
              }),
            },
          ]
        : [],
    ),
  };
}

type Part = 'inTheLarge' | 'slope';
const parts: Readonly<Record<Part, { title: string; axis: string; right: number }>> = {
  inTheLarge: {
    title: 'Calibration in the large',
    axis: 'intercept: above 0 the finding is more often there than predicted',
    right: 0,
  },
  slope: { title: 'Calibration slope', axis: 'slope: below 1 the predictions are too extreme', right: 1 },
};

export function calibrationRows(of: readonly CalibrationAnalysis[], part: Part, links: Links): DotRowsData {
  const { title, axis, right } = parts[part];
  const show = part === 'slope' ? (x: number) => x.toFixed(2) : (x: number) => signed(x).slice(0, -1);
  return {
    ...{ title, axis, show, rowLabel: 'Site', joined: false },
    textLabel: of.map(({ arm }) => armNames[arm]).join(' · '),
    series: of.map(({ arm }) => ({ name: armNames[arm], tone: arm })),
    reference: { value: right, label: 'right' },
    rows: figureRows(
      of.map((one) => one[part]),
      links,
      show,
    ),
  };
}

function calibrationTable(of: readonly CalibrationAnalysis[]): Table {
  const columns = ['Observed', 'Predicted', 'Brier score', 'Log loss'];
  return {
    caption: 'Calibration, site by site',
    file: `calibration-${of[0]?.classifier ?? 'model'}`,
    columns: [{ label: 'Site' }, { label: 'Arm' }, ...columns.map((label) => ({ label, numeric: true }))],
    rows: of.flatMap(({ arm, sites }) =>
      sites.map(({ siteName, observed, predicted, brier, logLoss }) => [
        ...[{ text: siteName }, { text: armNames[arm] }, numberCell(three, observed)],
        ...[predicted, brier, logLoss].map((x) => optionalCell(three, x)),
      ]),
    ),
  };
}

export function CalibrationSection({ analysis, model, links, width }: SectionProps): ReactNode {
  const of = calibrationsOf(analysis, model);
  const pictures = gridsOf(analysis, model)
    .map(reliabilityModel)
    .filter(({ lines }) => lines.length > 0);
  const films = pictures.flatMap(({ lines }) =>
    lines.flatMap(({ cells }) => cells.map((cell) => cell.films)),
  );
  const most = Math.max(1, ...films);
  const size = Math.min(width, 316, Math.max(230, (width - 24 * (pictures.length - 1)) / pictures.length));
  return (
    <Section
      id="calibration"
      title="Calibration"
      href={links.section('calibration')}
      lead="Whether a probability means what it says. On the dashed line it does; below it the model promises too much. Each thread is a site; the area of a dot is its films."
    >
      {pictures.length === 0 && <p className="hint">Every site withholds its grid of scores.</p>}
      <div className="panels">
        {pictures.map((data) => (
          <ReliabilityPlot key={data.title} data={data} size={size} most={most} />
        ))}
      </div>
      {of.length === 0 ? (
        <p className="hint">No site gives the coefficients of its calibration.</p>
      ) : (
        <>
          {(['inTheLarge', 'slope'] as const).map((part) => (
            <div key={part} className="sub">
              <h4>{parts[part].title}</h4>
              <DotRows data={calibrationRows(of, part, links)} width={width} />
            </div>
          ))}
          <Numbers>
            <DataTable table={calibrationTable(of)} heading={false} />
          </Numbers>
        </>
      )}
    </Section>
  );
}
