// The folds of a cross-validation, site by site: how much of a difference is training alone.
import type { ReactNode } from 'react';
import type { Analysis, FoldsAnalysis } from '@sidemark/core/contract';
import { DotRows } from '../../../charts/rows/dot-rows.tsx';
import type { DotRow, DotRowsData } from '../../../charts/rows/row-data.ts';
import { three } from '../../../format/number.ts';
import { absence, armNames, isWithheld } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Table } from '../../parts/table.ts';
import { absentCell, numberCell, optionalCell } from '../cells.ts';
import { Numbers, Section, type SectionProps } from '../section.tsx';

/** By name of the cross-validation and arm. */
export function foldGroups({ folds }: Pick<Analysis, 'folds'>): FoldsAnalysis[][] {
  const keys = [...new Set(folds.map(({ foldOf, arm }) => `${foldOf} ${arm}`))];
  return keys.map((key) => folds.filter(({ foldOf, arm }) => `${foldOf} ${arm}` === key));
}

/** @param all arms of the cross-validation, for one axis */
export function foldsModel(
  group: readonly FoldsAnalysis[],
  all: readonly FoldsAnalysis[],
  links: Links,
): DotRowsData {
  const [first] = group;
  const arm = first?.arm ?? 'original';
  const most = Math.max(0, ...group.map(({ folds }) => folds.length));
  return {
    ...{ title: `Folds on the ${armNames[arm]} arm`, rowLabel: 'Site', textLabel: 'Mean ± SD' },
    ...{ axis: 'AUC', show: three, joined: true, reference: null },
    alsoHolds: all.flatMap(({ folds }) =>
      folds.flatMap(({ auc }) => (auc.kind === 'estimate' ? [auc.value] : [])),
    ),
    // rings for the folds, and their mean
    series: [
      ...Array.from({ length: most }, (_, i) => ({
        ...{ name: `fold ${i + 1}`, tone: arm, shape: 'ring' as const },
      })),
      { name: 'mean', tone: 'pooled' },
    ],
    rows: group.map((one) => foldsRow(one, links)),
  };
}

function foldsRow({ siteName, payloadDigest, folds, mean, sd }: FoldsAnalysis, links: Links): DotRow {
  const dots = [
    ...folds.map(({ auc }) => (auc.kind === 'estimate' ? spot(auc.value) : null)),
    mean === null ? null : spot(mean),
  ];
  const common = { name: siteName, href: links.from([payloadDigest]), sum: false, dots };
  if (mean !== null)
    return {
      ...{ ...common, note: null, withheld: false },
      text: sd === null ? three(mean) : `${three(mean)} ± ${three(sd)}`,
    };
  const reason = folds.flatMap(({ auc }) => (auc.kind === 'estimate' ? [] : [auc.reason]))[0] ?? 'empty';
  return { ...common, text: '', note: absence(reason), withheld: isWithheld(reason) };
}

const spot = (estimate: number) => ({ estimate, lower: null, upper: null });

const rowsNames: Readonly<Record<FoldsAnalysis['rows'], string>> = {
  fold: 'each fold on what it held out',
  test: 'all folds on the films of no training',
  all: 'all folds on all films: they differ by training alone',
  mixed: 'folds on different films',
};

function foldsTable(all: readonly FoldsAnalysis[]): Table {
  const most = Math.max(0, ...all.map(({ folds }) => folds.length));
  return {
    caption: 'Folds, site by site',
    file: 'folds',
    columns: [
      ...['Cross-validation', 'Arm', 'Site', 'Films'].map((label) => ({ label })),
      ...Array.from({ length: most }, (_, i) => ({ label: `Fold ${i + 1}`, numeric: true })),
      ...['Mean', 'SD'].map((label) => ({ label, numeric: true })),
    ],
    rows: all.map(({ foldOf, arm, siteName, rows, folds, mean, sd }) => [
      ...[{ text: foldOf }, { text: armNames[arm] }, { text: siteName }, { text: rowsNames[rows] }],
      ...folds.map(({ auc }) =>
        auc.kind === 'estimate' ? numberCell(three, auc.value) : absentCell(auc.reason),
      ),
      ...[optionalCell(three, mean), optionalCell(three, sd)],
    ]),
  };
}

export function FoldsSection({ analysis, links, width }: SectionProps): ReactNode {
  return (
    <Section
      id="folds"
      title="Folds of the cross-validation"
      href={links.section('folds')}
      lead="The same training with other films held out. A difference between arms or sites that is smaller than the folds lie apart says little. There is no unbiased variance of a cross-validation (Bengio & Grandvalet 2004), so there is no interval."
    >
      {foldGroups(analysis).map((group) => (
        <div key={`${group[0]!.foldOf} ${group[0]!.arm}`} className="sub">
          <h4>{`${group[0]!.foldOf} on ${armNames[group[0]!.arm]}`}</h4>
          <DotRows data={foldsModel(group, analysis.folds, links)} width={width} />
        </div>
      ))}
      <Numbers>
        <DataTable table={foldsTable(analysis.folds)} heading={false} />
      </Numbers>
    </Section>
  );
}
