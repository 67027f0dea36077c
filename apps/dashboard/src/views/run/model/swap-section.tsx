// What a drawn marker does to a model: glyphs put in turn on films whose own markers are gone.
import type { ReactNode } from 'react';
import type { Analysis, SwapAnalysis } from '@sidemark/core/contract';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import type { DotRow, DotRowsData } from '../../../charts/rows/row-data.ts';
import { signed, three } from '../../../format/number.ts';
import type { Links } from '../../../routes/links.ts';
import { pooledDigests } from '../cells.ts';
import { figureRows, pooledDot, textOf } from '../figure-rows.ts';
import { Section, type SectionProps } from '../section.tsx';
import { Flips } from './flips.tsx';

export const swapOf = (
  { swap = [] }: Partial<Pick<Analysis, 'swap'>>,
  model: string,
): SwapAnalysis | undefined => swap.find(({ classifier }) => classifier === model);

/** One row for each kind of glyph: what it does to the logit, pooled. */
export function glyphsModel({ changes }: SwapAnalysis, links: Links): DotRowsData {
  return {
    ...{ title: 'Change of the logit by a glyph', rowLabel: 'Glyph', textLabel: 'Pooled change' },
    ...{ axis: 'mean change of the logit', show: signed, joined: false },
    series: [{ name: 'pooled', tone: 'marker' }],
    reference: { value: 0, label: 'no change' },
    rows: changes.map(({ letter, look, signed: change }): DotRow => {
      const dots = [pooledDot(change.meta)];
      const note = dots[0] === null ? 'not pooled: too few sites have a figure' : null;
      const href = links.from(pooledDigests(change.sites));
      const text = note === null ? textOf(dots, signed) : '';
      return { name: `${letter}, ${look}`, href, dots, text, note, withheld: false, sum: false };
    }),
  };
}

export function worstModel({ worst }: SwapAnalysis, links: Links): DotRowsData {
  return {
    ...{ title: 'AUC under the most misleading glyph', rowLabel: 'Site', textLabel: 'AUC [interval]' },
    ...{ axis: 'AUC when every film bears the glyph that misleads most', show: three, joined: false },
    series: [{ name: 'worst case', tone: 'marker' }],
    reference: { value: 0.5, label: 'chance' },
    rows: figureRows([worst], links, three),
  };
}

export function SwapSection({ analysis, model, links, width }: SectionProps): ReactNode {
  const of = swapOf(analysis, model);
  if (!of) return null;
  return (
    <Section
      id="swap"
      title="A marker drawn in"
      href={links.section('swap')}
      lead={`Each of ${of.glyphs} glyphs is drawn in turn on the film whose own markers are filled. A model that heeds the patient alone does not change its mind.`}
    >
      <DotRows data={glyphsModel(of, links)} width={width} />
      <div className="sub">
        <h4>AUC under the most misleading glyph</h4>
        <DotRows data={worstModel(of, links)} width={width} />
      </div>
      <div className="sub">
        <h4>Decisions</h4>
        <Flips of={of.flips} what="under some glyph" width={width} />
      </div>
    </Section>
  );
}
