// Every model on every arm, and every comparison, as tables.
import type { Analysis } from '@sidemark/core/contract';
import { askedFigure } from '@sidemark/core/reading';
import { pValue, signed, three } from '../../../format/number.ts';
import { armNames } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import type { Cell, Table } from '../../parts/table.ts';
import { heterogeneityCells, none, numberCell, optionalCell, pooledCell, siteCell } from '../cells.ts';
import { cellName } from '../names.ts';
import { pooledAnswer } from '../pooled.ts';

/** Every model on every arm, with the lowest and highest site: robust is what differs little. */
export function cellsTable({ cells }: Analysis, links: Links): Table {
  const columns = ['Pooled AUC', 'I²', 'τ² (logit)', 'Lowest site', 'Highest site', 'Range'];
  return {
    caption: 'Every model on every arm',
    file: 'auc-by-model-and-arm',
    columns: [
      { label: 'Model' },
      { label: 'Arm' },
      ...columns.map((label) => ({ label, numeric: true })),
      { label: 'Trained on this arm' },
    ],
    rows: cells.map((cell) => {
      const aucs = cell.sites.flatMap((row) =>
        row.estimate.kind === 'estimate' ? [row.estimate.value] : [],
      );
      const [low, high] = [Math.min(...aucs), Math.max(...aucs)];
      const of = (x: number): Cell => (aucs.length > 0 ? numberCell(three, x) : none);
      return [
        { text: cell.classifier, href: links.figure({ ...cell, kind: 'cell' }) },
        { text: armNames[cell.arm] },
        pooledCell(cell, three, links),
        ...heterogeneityCells(cell),
        of(low),
        of(high),
        of(high - low),
        cell.diagonal ? { text: 'yes' } : { text: 'no', tone: 'quiet' },
      ];
    }),
  };
}

/** Over which sites the comparisons are pooled. */
const pooledOver = ({ sites }: Analysis['plan']): string =>
  sites === 'all' ? 'Pooled' : `Pooled, ${sites} sites`;

/** The paired differences: every comparison, site by site and pooled. */
export function comparisonsTable({ comparisons, sites, plan }: Analysis, links: Links): Table {
  return {
    caption: 'Paired differences of AUC',
    file: 'paired-differences',
    columns: [
      { label: 'Comparison' },
      { label: 'AUC of … minus AUC of …' },
      { label: 'In the plan' },
      ...[pooledOver(plan), 'p', 'p adjusted', 'I²'].map((label) => ({ label, numeric: true })),
      ...sites.map(({ siteName }) => ({ label: siteName, numeric: true })),
    ],
    rows: comparisons.map((comparison) => {
      const { id, a, b, question } = comparison;
      const asked = { ...comparison, meta: askedFigure(comparison) };
      return [
        { text: id, href: links.figure({ kind: 'comparison', id }) },
        { text: `${cellName(a)} − ${cellName(b)}`, raw: `${cellName(a)} minus ${cellName(b)}` },
        { text: question.status },
        pooledCell(asked, signed, links),
        optionalCell(pValue, pooledAnswer(asked)?.pTwoSided),
        optionalCell(pValue, question.pAdjusted),
        heterogeneityCells(asked)[0],
        ...sites.map((site) =>
          siteCell(
            links,
            site,
            comparison.sites.find((row) => row.site === site.site),
            signed,
          ),
        ),
      ];
    }),
  };
}
