// Whether a model is as good in every part of the patients: its AUC by view, sex, age, maker and fold.
import type { ReactNode } from 'react';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import { DataTable } from '../../parts/data-table.tsx';
import { Numbers, Section, type SectionProps } from '../section.tsx';
import { kindsOf, partNames, shownArms, strataModel, strataOf, strataTable } from './strata-model.ts';

export function StrataSection({ analysis, model, arms, links, width }: SectionProps): ReactNode {
  const strata = strataOf(analysis, model);
  const shown = shownArms(strata, arms);
  const reported = analysis.sites.filter((one) => one.reported).map(({ siteName }) => siteName);
  return (
    <Section
      id="strata"
      title="Parts of the patients"
      href={links.section('strata')}
      lead="AUC inside each part, pooled over the sites that show it: description, without a test between parts, and the same part may be made of other sites than its neighbour. A site shows a part only where it and the patients beside it are enough for the site’s floor; what is kept is said, and is not zero. Two arms are drawn; all are among the numbers."
    >
      {kindsOf(strata).map((kind) => (
        <div className="sub" key={kind}>
          <h4>{partNames[kind]}</h4>
          <DotRows data={strataModel(strata, kind, shown, links)} width={width} />
        </div>
      ))}
      <Numbers>
        <DataTable table={strataTable(strata, reported)} heading={false} />
        <p className="note-below">
          Differences between arms have no interval here: reports carry no covariance inside parts.
        </p>
      </Numbers>
    </Section>
  );
}
