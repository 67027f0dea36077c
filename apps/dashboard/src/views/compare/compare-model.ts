// Two runs, or two models, side by side: what differs in how they were made, and in what came out.
import type { Analysis, CellAnalysis, Protocol, ReportList, Run } from '@sidemark/core/contract';
import { askedFigure } from '@sidemark/core/reading';
import type { z } from 'zod';
import type { Dot, DotRow, DotRowsData } from '../../charts/rows/row-data.ts';
import { interval, shortDigest, signed, three } from '../../format/number.ts';
import { armNames } from '../../format/words.ts';
import { linksFrom } from '../../routes/links.ts';
import { asItComes } from '../../routes/route.ts';
import type { Cell, Table } from '../parts/table.ts';
import { pooledDigests } from '../run/cells.ts';
import { ingredients } from '../run/evidence/provenance-model.ts';
import { pooledDot } from '../run/figure-rows.ts';

export interface ComparedRun {
  readonly run: Run;
  readonly protocol: Protocol | undefined;
  readonly analysis: Analysis;
  readonly reports: z.infer<typeof ReportList>;
}

export interface Sides {
  readonly left: ComparedRun;
  readonly right: ComparedRun;
  /** null: models of the same name are laid beside each other */
  readonly leftModel: string | null;
  readonly rightModel: string | null;
}

interface CellPair {
  readonly name: string;
  readonly left: CellAnalysis;
  readonly right: CellAnalysis;
}

/** Cells that both sides have: of the two models chosen, or of every model by its name. */
export function cellPairs({ left, right, leftModel, rightModel }: Sides): CellPair[] {
  return left.analysis.cells.flatMap((cell) => {
    if (leftModel !== null && cell.classifier !== leftModel) return [];
    const wanted = rightModel ?? (leftModel === null ? cell.classifier : leftModel);
    const other = right.analysis.cells.find(
      ({ classifier, arm }) => classifier === wanted && arm === cell.arm,
    );
    if (!other) return [];
    const name = leftModel === null ? `${cell.classifier} on ${armNames[cell.arm]}` : armNames[cell.arm];
    return [{ name, left: cell, right: other }];
  });
}

const series = [
  { name: 'left', tone: 'site' },
  { name: 'right', tone: 'pooled' },
] as const;

/** What two estimates are, and by how much they differ. */
function pairText(left: Dot | null, right: Dot | null, show: (x: number) => string): string {
  const both = left && right ? ` · ${signed(right.estimate - left.estimate)}` : '';
  return `${left ? show(left.estimate) : '–'} · ${right ? show(right.estimate) : '–'}${both}`;
}

/** Pooled AUC of every cell that both sides have. */
export function cellsModel(sides: Sides): DotRowsData {
  return {
    ...{ title: 'Pooled AUC, left and right', rowLabel: 'Cell', textLabel: 'Left · right · difference' },
    ...{ series, axis: 'pooled AUC', show: three, joined: false, reference: null },
    rows: cellPairs(sides).map(({ name, left, right }): DotRow => {
      const dots = [pooledDot(left.meta), pooledDot(right.meta)];
      const href = linksFrom(sides.left.run.id, null, asItComes).from(pooledDigests(left.sites));
      const text = pairText(dots[0]!, dots[1]!, three);
      const missing = dots.every((dot) => dot === null);
      return {
        name,
        href,
        dots,
        text,
        note: missing ? 'pooled on neither side' : null,
        withheld: false,
        sum: false,
      };
    }),
  };
}

/** One cell at every site that both sides have. @param pair of `cellPairs` */
export function sitesModel({ left, right }: CellPair): DotRowsData {
  const names = [...new Set([...left.sites, ...right.sites].map(({ siteName }) => siteName))];
  return {
    ...{
      title: 'AUC at every site, left and right',
      rowLabel: 'Site',
      textLabel: 'Left · right · difference',
    },
    ...{ series, axis: 'AUC', show: three, joined: false, reference: null },
    rows: names.map((name): DotRow => {
      const dots = [left, right].map(({ sites }): Dot | null => {
        const row = sites.find(({ siteName }) => siteName === name);
        return row?.estimate.kind === 'estimate'
          ? { estimate: row.estimate.value, lower: row.lower, upper: row.upper }
          : null;
      });
      const missing = dots.every((dot) => dot === null);
      const text = pairText(dots[0]!, dots[1]!, three);
      const note = missing ? 'a figure on neither side' : null;
      return { name, href: null, dots, text, note, withheld: false, sum: false };
    }),
  };
}

/** Pooled differences of the comparisons that both runs name, each over the sites that its plan asks about. */
export function comparisonsModel({ left, right }: Pick<Sides, 'left' | 'right'>): DotRowsData {
  return {
    ...{
      title: 'Comparisons, left and right',
      rowLabel: 'Comparison',
      textLabel: 'Left · right · difference',
    },
    ...{ series, axis: 'difference of AUC', show: signed, joined: false },
    reference: { value: 0, label: 'no difference' },
    rows: left.analysis.comparisons.flatMap((one): DotRow[] => {
      const other = right.analysis.comparisons.find(({ id }) => id === one.id);
      if (!other) return [];
      const dots = [one, other].map((side) => pooledDot(askedFigure(side) ?? { answer: null }));
      const href = linksFrom(left.run.id, null, asItComes).figure({ kind: 'comparison', id: one.id });
      const missing = dots.every((dot) => dot === null);
      return [
        {
          ...{ name: one.id, href, dots, text: pairText(dots[0]!, dots[1]!, signed) },
          ...{ note: missing ? 'pooled on neither side' : null, withheld: false, sum: false },
        },
      ];
    }),
  };
}

const digestCell = (digest: string | undefined): Cell =>
  digest === undefined
    ? { text: '–', raw: '', tone: 'absent' }
    : { text: `${shortDigest(digest)}…`, raw: digest };

function differs(left: string | undefined, right: string | undefined): Cell {
  if (left === undefined || right === undefined) return { text: 'on one side alone', tone: 'quiet' };
  return left === right ? { text: 'same', tone: 'good' } : { text: 'differs', tone: 'bad' };
}

/** Result digests of the reports that count, by site. */
function resultDigests({ analysis, reports }: ComparedRun): [name: string, digest: string][] {
  return analysis.sites.flatMap(({ site, siteName }): [string, string][] => {
    const own = reports.reports.find((report) => report.site === site && report.state === 'accepted');
    return own ? [[`result of ${siteName}`, own.resultDigest]] : [];
  });
}

/** What the runs were made with, and what each site sent: same digests are the same bytes. */
export function digestsTable({ left, right }: Pick<Sides, 'left' | 'right'>): Table {
  const namesOf = (side: ComparedRun): [string, string][] => {
    const [protocol, ...models] = ingredients(side.protocol);
    const named = models.map(([name, digest]): [string, string] => [name.replace(/ \(.*| \S+$/, ''), digest]);
    return [
      ...(protocol ? [['protocol', protocol[1]] as [string, string]] : []),
      ...named,
      ...resultDigests(side),
    ];
  };
  const [a, b] = [new Map(namesOf(left)), new Map(namesOf(right))];
  const names = [...new Set([...a.keys(), ...b.keys()])];
  return {
    caption: 'Digests',
    file: 'compared-digests',
    columns: ['Of', 'Left', 'Right', 'The two'].map((label) => ({ label })),
    rows: names.map((name) => [
      { text: name },
      digestCell(a.get(name)),
      digestCell(b.get(name)),
      differs(a.get(name), b.get(name)),
    ]),
  };
}

/** Every pair of cells with both intervals. */
export function pairsTable(sides: Sides): Table {
  const cell = (of: CellAnalysis): Cell => {
    const { answer } = of.meta;
    return answer === null || answer.method === 'none'
      ? { text: 'not pooled', tone: 'absent' }
      : { text: interval(three, answer), raw: String(answer.estimate) };
  };
  return {
    caption: 'Pooled AUC on both sides',
    file: 'compared-auc',
    columns: [
      { label: 'Cell' },
      ...['Left', 'Right', 'Difference'].map((label) => ({ label, numeric: true })),
    ],
    rows: cellPairs(sides).map(({ name, left, right }) => {
      const [p, q] = [pooledDot(left.meta), pooledDot(right.meta)];
      const difference = p && q ? q.estimate - p.estimate : null;
      return [
        { text: name },
        cell(left),
        cell(right),
        difference === null
          ? { text: '–', raw: '', tone: 'absent' }
          : { text: signed(difference), raw: String(difference) },
      ];
    }),
  };
}
