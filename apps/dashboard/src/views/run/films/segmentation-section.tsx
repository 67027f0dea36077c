// How well a multi-task model draws the lesion, arm by arm.
import type { ReactNode } from 'react';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Numbers, Section, type SectionProps } from '../section.tsx';
import {
  bothEmptyText,
  diceDifferences,
  diceModel,
  segmentationOf,
  segmentationTable,
} from './segmentation-model.ts';

export function SegmentationSection({ analysis, protocol, model, links, width }: SectionProps): ReactNode {
  const of = segmentationOf(analysis, model);
  if (!of) return null;
  return (
    <Section
      id="segmentation"
      title="The lesion drawn"
      href={links.section('segmentation')}
      lead={`Dice of what the model draws against the lesion marked at the site, mean over films: a description, without interval or test, and of films with ground truth alone. ${bothEmptyText(protocol)}`}
    >
      <DotRows data={diceModel(of, links)} width={width} />
      {of.differences.length > 0 && (
        <div className="sub">
          <h4>Arm against arm</h4>
          <p className="lead">
            On the same films, over all sites; the line reaches from the site with the lowest mean to that
            with the highest.
          </p>
          <DotRows data={diceDifferences(of, links)} width={width} />
        </div>
      )}
      <Numbers>
        <DataTable table={segmentationTable(of)} heading={false} />
      </Numbers>
    </Section>
  );
}
