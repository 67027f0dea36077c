// Which arm is best for a model, and how sure that is.
import type { ReactNode } from 'react';
import type { Analysis, RankingAnalysis } from '@sidemark/core/contract';
import { ShareBars } from '../../../charts/counts/share-bars.tsx';
import { count, percent, small, three } from '../../../format/number.ts';
import { armNames } from '../../../format/words.ts';
import { DataTable } from '../../parts/data-table.tsx';
import type { Table } from '../../parts/table.ts';
import { numberCell, optionalCell } from '../cells.ts';
import { Numbers, Section, type SectionProps } from '../section.tsx';

export const rankingOf = (
  { ranking }: Pick<Analysis, 'ranking'>,
  model: string,
): RankingAnalysis | undefined => ranking.find(({ classifier }) => classifier === model);

export function rankingTable({ classifier, arms }: RankingAnalysis): Table {
  const columns = ['AUC', 'Standard error', 'Best in', 'Mean rank'];
  return {
    caption: `Arms of ${classifier}`,
    file: `ranking-${classifier}`,
    columns: [{ label: 'Arm' }, ...columns.map((label) => ({ label, numeric: true }))],
    rows: arms.map(({ arm, auc, standardError, best, meanRank }) => [
      { text: armNames[arm] },
      optionalCell(three, auc),
      optionalCell(small, standardError),
      { text: percent(best * 100, 1), raw: String(best) },
      numberCell((x) => x.toFixed(2), meanRank),
    ]),
  };
}

export function RankingSection({ analysis, model, links, width }: SectionProps): ReactNode {
  const of = rankingOf(analysis, model);
  if (!of) return null;
  const rows = of.arms.map(({ arm, best, meanRank }) => ({
    ...{ name: armNames[arm], tone: arm, share: best },
    text: `best in ${percent(best * 100)}, mean rank ${meanRank.toFixed(2)}`,
  }));
  return (
    <Section
      id="ranking"
      title="Which arm is best"
      href={links.section('ranking')}
      lead={`In how many of ${count(of.draws)} draws each arm has the highest AUC, from the pooled differences of ${of.sites.length} sites and how much they vary (τ² ${small(of.tau2)}). Shares near each other: the sites do not tell.`}
    >
      <ShareBars title={`Which arm is best for ${model}`} rows={rows} width={width} />
      <Numbers>
        <DataTable table={rankingTable(of)} heading={false} />
      </Numbers>
    </Section>
  );
}
