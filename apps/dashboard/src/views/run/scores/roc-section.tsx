// ROC curves of one model on its arms.
import type { ReactNode } from 'react';
import { RocPlot } from '../../../charts/curves/roc-plot.tsx';
import { Key } from '../../../charts/frame/mark.tsx';
import { armNames } from '../../../format/words.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { Numbers, Section, type SectionProps } from '../section.tsx';
import { gridsOf, gridTable, meanRoc, siteRocs } from './roc-model.ts';

/** More sites than these are folded away. */
const atOnce = 12;

export function RocSection({ analysis, model, links, width }: SectionProps): ReactNode {
  const grids = gridsOf(analysis, model);
  const sites = siteRocs(grids, links);
  const mean = meanRoc(grids);
  const key = mean.lines.map(({ name, tone }) => ({ name, tone, line: true }));
  const kept = grids.filter(({ arm }) => !mean.lines.some(({ tone }) => tone === arm));
  const panels = (some: typeof sites): ReactNode =>
    some.map((data) => <RocPlot key={data.title} data={data} size={230} />);
  return (
    <Section
      id="roc"
      title="ROC curves"
      href={links.section('roc')}
      lead="A site tells the points with a dot. In a shaded box runs the curve unseen: thresholds that would tell of too few patients are taken together, which is not the same as no films there. Hatched: the site keeps the whole curve."
    >
      <svg className="chart" width={width} height={22} role="presentation">
        <Key entries={key} x={4} y={11} />
      </svg>
      {kept.length > 0 && (
        <p className="note-below">
          {`Every site withholds the curve on the arm ${kept.map(({ arm }) => armNames[arm]).join(', ')}: beside the others it would tell of too few patients.`}
        </p>
      )}
      <div className="curves">
        <figure className="mean">
          <RocPlot data={mean} size={Math.min(420, width)} />
          <figcaption className="small-caption">
            Mean of the sites at the same false positive rate, weighted by films with the finding (Fawcett
            2006): a description, without an interval.
          </figcaption>
        </figure>
        <div className="panels">{panels(sites.slice(0, atOnce))}</div>
      </div>
      {sites.length > atOnce && (
        <details>
          <summary>{`${sites.length - atOnce} more sites`}</summary>
          <div className="panels">{panels(sites.slice(atOnce))}</div>
        </details>
      )}
      <Numbers>
        <DataTable table={gridTable(grids)} heading={false} />
      </Numbers>
    </Section>
  );
}
