// Which model is robust: each on the arm it was trained on, ordered by the least that a new site may be expected to find.
import type { ReactNode } from 'react';
import type { Analysis, CellAnalysis } from '@sidemark/core/contract';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import type { DotRow, DotRowsData } from '../../../charts/rows/row-data.ts';
import { interval, three } from '../../../format/number.ts';
import { absence, isWithheld } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import { pooledDigests } from '../cells.ts';
import { cellName } from '../names.ts';
import { pooledAnswer, whyNotPooled } from '../pooled.ts';
import { Section, type SectionProps } from '../section.tsx';

/** Lower end of the prediction interval; of the interval where sites are too few for one; models without either last. */
export function atWorst(cell: CellAnalysis): number {
  return cell.meta.prediction?.lower ?? pooledAnswer(cell)?.lower ?? -1;
}

export function orderModel({ cells, folds }: Pick<Analysis, 'cells' | 'folds'>, links: Links): DotRowsData {
  const members = new Set(folds.flatMap((one) => one.folds.map(({ classifier }) => classifier)));
  const own = cells
    .filter(({ diagonal, classifier }) => diagonal && !members.has(classifier))
    .sort((a, b) => atWorst(b) - atWorst(a));
  return {
    ...{ title: 'Models by what a new site may expect', rowLabel: 'Model on its arm' },
    ...{ textLabel: 'Pooled AUC [interval] · new site from', axis: 'AUC', show: three, joined: false },
    series: [{ name: 'pooled', tone: 'pooled' }],
    rows: own.map((cell) => orderRow(cell, links)),
    reference: null,
  };
}

function orderRow(cell: CellAnalysis, links: Links): DotRow {
  const answer = pooledAnswer(cell);
  const common = { name: cellName(cell), href: links.from(pooledDigests(cell.sites)), sum: false };
  if (!answer) {
    const reason = whyNotPooled(cell);
    return { ...common, dots: [null], text: '', note: absence(reason), withheld: isWithheld(reason) };
  }
  const { prediction } = cell.meta;
  const outer = prediction && ([prediction.lower, prediction.upper] as const);
  const from = prediction ? ` · ${three(prediction.lower)}` : '';
  const text = `${interval(three, answer)}${from}`;
  return { ...common, dots: [{ ...answer, outer }], text, note: null, withheld: false };
}

export function OrderSection({ analysis, links, width }: SectionProps): ReactNode {
  return (
    <Section
      id="order"
      title="Which model is robust"
      href={links.section('order')}
      lead="Each model on the arm it was trained on, ordered by the least AUC that a new site may be expected to find (thin line: prediction interval; thick: interval of the mean). A robust model has a short thin line. The order is a description, without a test. Folds of a cross-validation have a section of their own."
    >
      <DotRows data={orderModel(analysis, links)} width={width} />
    </Section>
  );
}
