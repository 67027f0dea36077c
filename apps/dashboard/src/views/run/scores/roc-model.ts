// From the grids of the sites to ROC curves: one picture for each site, and the mean of them.
import type { Analysis, GridsAnalysis } from '@sidemark/core/contract';
import type { RocData, RocLine } from '../../../charts/curves/roc-plot.tsx';
import { meanCurve, rocCurve } from '../../../charts/curves/roc-points.ts';
import { absence, armNames, isWithheld } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import type { Table } from '../../parts/table.ts';
import { numberCell } from '../cells.ts';
import { three } from '../../../format/number.ts';

export const gridsOf = ({ grids }: Pick<Analysis, 'grids'>, model: string): GridsAnalysis[] =>
  grids.filter(({ classifier }) => classifier === model);

type SiteGrid = GridsAnalysis['sites'][number];

const positivesOf = ({ grid }: SiteGrid): number =>
  grid.kind === 'cells' ? grid.cells.reduce((sum, { positives }) => sum + positives, 0) : 0;

/** The mean curve of each arm, over the sites that give their grid. */
export function meanRoc(grids: readonly GridsAnalysis[]): RocData {
  const lines = grids.flatMap(({ arm, sites }): RocLine[] => {
    const curves = sites.flatMap((site) => {
      const curve = site.grid.kind === 'cells' ? rocCurve(site.grid.cells) : undefined;
      return curve ? [{ ...curve, weight: positivesOf(site) }] : [];
    });
    if (curves.length === 0) return [];
    return [{ name: armNames[arm], tone: arm, points: meanCurve(curves), gaps: [], dotted: false }];
  });
  const note = lines.length === 0 ? 'no site gives its grid' : null;
  return { title: 'mean of the sites', lines, note, withheld: false, href: null };
}

/** One picture for each site; where every arm is withheld it says so. */
export function siteRocs(grids: readonly GridsAnalysis[], links: Links): RocData[] {
  const names = [...new Set(grids.flatMap(({ sites }) => sites.map(({ siteName }) => siteName)))];
  return names.map((name) => {
    const own = grids.flatMap(({ arm, sites }) => {
      const site = sites.find(({ siteName }) => siteName === name);
      return site ? [{ arm, site }] : [];
    });
    const lines = own.flatMap(({ arm, site: { grid } }): RocLine[] => {
      const curve = grid.kind === 'cells' ? rocCurve(grid.cells) : undefined;
      return curve ? [{ name: armNames[arm], tone: arm, ...curve, dotted: true }] : [];
    });
    const kept = own.flatMap(({ site: { grid } }) => (grid.kind === 'cells' ? [] : [grid.reason]));
    const [reason] = kept;
    return {
      title: name,
      lines,
      note: lines.length === 0 && reason ? absence(reason) : null,
      withheld: lines.length === 0 && reason !== undefined && isWithheld(reason),
      href: links.from(own.slice(0, 1).map(({ site }) => site.payloadDigest)),
    };
  });
}

/** Every cell of every grid as it was reported. */
export function gridTable(grids: readonly GridsAnalysis[]): Table {
  const columns = ['Up to edge', 'Positives', 'Negatives', 'Mean probability'];
  return {
    caption: 'Cells of the fixed grid',
    file: `grid-${grids[0]?.classifier ?? 'model'}`,
    columns: [{ label: 'Site' }, { label: 'Arm' }, ...columns.map((label) => ({ label, numeric: true }))],
    rows: grids.flatMap(({ arm, sites }) =>
      sites.flatMap(({ siteName, grid }) => {
        const names = [{ text: siteName }, { text: armNames[arm] }];
        if (grid.kind !== 'cells')
          return [[...names, { text: absence(grid.reason), tone: 'withheld' as const }]];
        return grid.cells.map(({ upTo, positives, negatives, predicted }) => [
          ...names,
          ...[upTo, positives, negatives].map((n) => numberCell(String, n)),
          numberCell(three, predicted),
        ]);
      }),
    ),
  };
}
