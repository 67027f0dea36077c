// One line for each figure of each site and each pooled figure: what a statistician reads into R.
import type { Analysis, FigureRow, PooledAnswer, PooledFigure, SiteRow } from '@sidemark/core/contract';

const columns = [
  ...[
    'figure',
    'of',
    'a',
    'b',
    'site',
    'role',
    'method',
    'test',
    'estimate',
    'standard_error',
    'lower',
    'upper',
  ],
  ...['p', 'p_adjusted', 'status', 'sites', 'tau2', 'i2', 'excluded', 'report'],
] as const;
type Line = Partial<Record<(typeof columns)[number], string | number | null>>;

/** RFC 4180, LF at line ends, numbers as JavaScript prints them (shortest text of the same double). */
export function csvExport(analysis: Analysis): string {
  const lines = [
    ...analysis.cells.flatMap(({ classifier, arm, sites, meta, groups }) =>
      figureLines({ figure: 'auc', of: `${classifier}/${arm}`, a: classifier, b: arm }, analysis, sites, {
        meta,
        ...groups,
      }),
    ),
    ...analysis.comparisons.flatMap(({ id, a, b, sites, meta, groups, question }) =>
      figureLines(
        {
          ...{ figure: 'difference', of: id, status: question.status },
          ...{ a: `${a.classifier}/${a.arm}`, b: `${b.classifier}/${b.arm}` },
        },
        analysis,
        sites,
        { meta, ...groups },
        question.pAdjusted,
      ),
    ),
    ...analysis.decomposition.flatMap(({ classifier, total, range, shape }) =>
      Object.entries({ total: { ...total, answer: total.meta.answer }, range, shape }).flatMap(
        ([part, { sites, answer }]) => [
          ...sites.map((row) => ({
            figure: `effect-${part}`,
            of: classifier,
            ...rowLine(row, analysis),
            status: 'exploratory',
          })),
          ...answerLines({ figure: `effect-${part}`, of: classifier, status: 'exploratory' }, answer),
        ],
      ),
    ),
    ...analysis.ranking.flatMap(({ classifier, arms, sites }) =>
      arms.map(({ arm, best }) => ({
        ...{ figure: 'best-arm-share', of: classifier, a: arm, estimate: best, sites: sites.length },
        status: 'exploratory',
      })),
    ),
  ];
  const text = (line: Line): string => columns.map((column) => quoted(line[column] ?? '')).join(',');
  return [columns.join(','), ...lines.map(text)].map((line) => `${line}\n`).join('');
}

interface Figures {
  readonly meta: PooledFigure;
  readonly internal: PooledFigure | null;
  readonly external: PooledFigure | null;
}

function figureLines(
  head: Line,
  analysis: Analysis,
  sites: readonly SiteRow[],
  { meta, internal, external }: Figures,
  pAdjusted: number | null = null,
): Line[] {
  return [
    ...sites.map((row) => ({ ...head, ...rowLine(row, analysis) })),
    ...pooledLines({ ...head, site: 'pooled: all', p_adjusted: pAdjusted }, meta),
    ...(internal ? pooledLines({ ...head, site: 'pooled: internal' }, internal) : []),
    ...(external ? pooledLines({ ...head, site: 'pooled: external' }, external) : []),
  ];
}

function pooledLines(
  head: Line,
  { members, answer, heterogeneity, sensitivity, pairWeighted }: PooledFigure,
): Line[] {
  const spread = { tau2: heterogeneity?.tau2 ?? null, i2: heterogeneity?.i2 ?? null };
  return [
    ...answerLines({ ...head, sites: members.length, ...spread }, answer),
    ...sensitivity.flatMap((one) => answerLines({ ...head, p_adjusted: null, sites: members.length }, one)),
    ...(pairWeighted
      ? [
          {
            ...{
              ...head,
              p_adjusted: null,
              method: 'pair-weighted',
              test: 'normal',
              sites: pairWeighted.sites,
            },
            ...{ estimate: pairWeighted.estimate, standard_error: pairWeighted.standardError },
            ...{ lower: pairWeighted.lower, upper: pairWeighted.upper },
          },
        ]
      : []),
  ];
}

function answerLines(head: Line, answer: PooledAnswer | null): Line[] {
  if (answer === null) return [];
  const { method, test, estimate, standardError, lower, upper, pTwoSided } = answer;
  const site = head.site ?? 'pooled: all';
  return [
    { ...head, site, method, test, estimate, standard_error: standardError, lower, upper, p: pTwoSided },
  ];
}

function rowLine(row: SiteRow | FigureRow, { sites }: Analysis): Line {
  const { estimate } = row;
  const value = typeof estimate === 'object' && estimate !== null ? known(estimate) : estimate;
  return {
    site: row.siteName,
    role: sites.find(({ siteName }) => siteName === row.siteName)?.role ?? '',
    ...{ estimate: value, standard_error: row.standardError, lower: row.lower, upper: row.upper },
    ...{ excluded: row.excluded, report: row.payloadDigest },
  };
}

const known = (estimate: SiteRow['estimate']): number | null =>
  estimate.kind === 'estimate' ? estimate.value : null;

function quoted(value: string | number): string {
  const text = String(value);
  return /[",\n\r]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}
