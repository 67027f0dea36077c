// The answer: one figure in a sentence, site by site, and pooled.
import type { ReactNode } from 'react';
import type { Analysis } from '@sidemark/core/contract';
import { ForestPlot } from '../../../charts/forest/forest-plot.tsx';
import { statusNames } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import { DataTable } from '../../parts/data-table.tsx';
import { cellName } from '../names.ts';
import { askedFigure, type Figure, refOf, scopeOf } from '../pooled.ts';
import { Numbers, type SectionProps } from '../section.tsx';
import { figureTable } from './figure-table.ts';
import { forestModel } from './forest-model.ts';
import { verdictOf } from './verdict.ts';

export function AnswerSection({ analysis, figure, links, width }: SectionProps): ReactNode {
  if (!figure)
    return (
      <p className="hint">
        The protocol of this run has no such figure. <a href={links.home}>Its main result</a>
      </p>
    );
  const { headline, detail } = verdictOf(figure, analysis);
  return (
    <section aria-labelledby="answer" className="card figure">
      <p className="kicker">{kicker(figure)}</p>
      <h2 id="answer" tabIndex={-1} className="headline">
        {headline}
      </h2>
      <p className="quiet">{detail}</p>
      <Chooser analysis={analysis} shown={figure} links={links} />
      <div className="canvas">
        <ForestPlot data={forestModel(analysis, figure, links)} width={width} />
      </div>
      <p className="note-below">
        The area of a square is the weight of its site.
        {askedFigure(figure)?.prediction &&
          ' The bar of a new site is where the next one may be expected to lie.'}
        {scopeSentence(figure)} Choose a line to see the signed report behind it.
      </p>
      <Numbers>
        <DataTable table={figureTable(analysis, figure, links)} heading={false} />
      </Numbers>
    </section>
  );
}

function kicker(figure: Figure): string {
  if (figure.kind === 'cell') return 'One model on one arm';
  return statusNames[figure.of.question.status];
}

function scopeSentence(figure: Figure): string {
  const scope = scopeOf(figure);
  if (scope === 'all') return '';
  return ` The plan asks about ${scope} sites: the filled diamond, its weights and p value are of those alone. The others are drawn in outline and count for nothing there; the hollow diamond pools all sites.`;
}

/** The other figures of the run, each with an address of its own. */
function Chooser(props: { analysis: Analysis; shown: Figure; links: Links }): ReactNode {
  const { analysis, shown, links } = props;
  const { comparisons } = analysis;
  const isShown = (id: string): boolean => shown.kind === 'comparison' && shown.of.id === id;
  if (comparisons.length < 2 && shown.kind === 'comparison') return null;
  return (
    <nav className="chooser" aria-label="Figure">
      {comparisons.map(({ id }) => (
        <a
          key={id}
          href={links.figure({ kind: 'comparison', id })}
          aria-current={isShown(id) ? 'true' : undefined}
        >
          {id}
        </a>
      ))}
      {shown.kind === 'cell' && (
        <a href={links.figure(refOf(shown))} aria-current="true">
          {cellName(shown.of)}
        </a>
      )}
    </nav>
  );
}
