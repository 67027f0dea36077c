// What the markers of a site alone give away of the label: if they tell nothing, no model can cheat by them there.
import type { ReactNode } from 'react';
import type { Analysis } from '@sidemark/core/contract';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import type { DotRow, DotRowsData } from '../../../charts/rows/row-data.ts';
import { interval, three } from '../../../format/number.ts';
import { absence, isWithheld } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import { Section, type SectionProps } from '../section.tsx';

export function labelModel(
  { labelFromMarker }: Pick<Analysis, 'labelFromMarker'>,
  links: Links,
): DotRowsData {
  return {
    ...{ title: 'The label from the markers alone', rowLabel: 'Site', textLabel: 'AUC [interval]' },
    ...{ axis: 'AUC of a model that sees the markers alone', show: three, joined: false },
    series: [{ name: 'markers alone', tone: 'marker' }],
    reference: { value: 0.5, label: 'they tell nothing' },
    rows: labelFromMarker.map(({ siteName, payloadDigest, auc, lower, upper }): DotRow => {
      const common = { name: siteName, href: links.from([payloadDigest]), sum: false };
      if (auc.kind !== 'estimate')
        return {
          ...{ ...common, dots: [null], text: '', note: absence(auc.reason) },
          withheld: isWithheld(auc.reason),
        };
      const text =
        lower === null || upper === null
          ? three(auc.value)
          : interval(three, { estimate: auc.value, lower, upper });
      return { ...common, dots: [{ estimate: auc.value, lower, upper }], text, note: null, withheld: false };
    }),
  };
}

export function LabelSection({ analysis, links, width }: SectionProps): ReactNode {
  return (
    <Section
      id="label"
      title="What the markers give away"
      href={links.section('label')}
      lead="How well the finding is guessed from letter, place, size and look of the markers alone, without the rest of the film. It is a property of each site, so it is not pooled. At 0.5 and below they tell nothing."
    >
      <DotRows data={labelModel(analysis, links)} width={width} />
    </Section>
  );
}
