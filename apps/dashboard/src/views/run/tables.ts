// The tables of the robustness page.
import type { Analysis, CellAnalysis, SiteRow, SiteSummary } from '@sidemark/core/contract';
import { count, interval, percent, pValue, signed, small, three } from '../../format/number.ts';
import { absence, armNames, exclusion, isWithheld, qualificationNames } from '../../format/words.ts';
import { hrefs } from '../../routes/route.ts';
import type { Cell, Table } from '../parts/table.ts';
import { weightOf, whyNoRow } from './forest-model.ts';
import { cellName } from './names.ts';
import { type Figure, pooledAnswer, refOf, whyNotPooled } from './pooled.ts';

type Show = (x: number) => string;

const none: Cell = { text: '–', raw: '', tone: 'absent' };
const numberCell = (show: Show, x: number): Cell => ({ text: show(x), raw: String(x) });

function absentCell(reason: Parameters<typeof absence>[0]): Cell {
  return { text: absence(reason), tone: isWithheld(reason) ? 'withheld' : 'absent' };
}

function pooledCell(of: Pick<CellAnalysis, 'meta' | 'pooled'>, show: Show): Cell {
  const answer = pooledAnswer(of);
  return answer
    ? { text: interval(show, answer), raw: String(answer.estimate) }
    : absentCell(whyNotPooled(of));
}

function heterogeneityCells({ meta: { heterogeneity } }: Pick<CellAnalysis, 'meta'>): [i2: Cell, tau2: Cell] {
  if (heterogeneity === null) return [none, none];
  return [numberCell(percent, heterogeneity.i2), numberCell(small, heterogeneity.tau2)];
}

function siteCell(run: string, site: SiteSummary, row: SiteRow | undefined, show: Show): Cell {
  if (!row) return { text: whyNoRow(site), tone: 'absent' };
  const href = hrefs.report(run, row.payloadDigest);
  if (row.estimate.kind !== 'estimate') return { ...absentCell(row.estimate.reason), href };
  return { ...numberCell(show, row.estimate.value), href };
}

/** One figure, site by site: the numbers behind the forest plot. */
export function figureTable(analysis: Analysis, figure: Figure): Table {
  const ref = refOf(figure);
  const show = figure.kind === 'cell' ? three : signed;
  const optional = (x: number | null, by: Show): Cell => (x === null ? none : numberCell(by, x));
  return {
    caption: 'The numbers behind the plot',
    file: ref.kind === 'cell' ? `auc-${ref.classifier}-${ref.arm}` : `difference-${ref.id}`,
    columns: [
      { label: 'Site' },
      { label: figure.kind === 'cell' ? 'AUC' : 'Difference', numeric: true },
      ...['Standard error', 'Lower', 'Upper', 'Weight'].map((label) => ({ label, numeric: true })),
      ...['Patients with', 'Patients without'].map((label) => ({ label, numeric: true })),
      { label: 'Pooled' },
    ],
    rows: analysis.sites.map((site) => {
      const row = figure.of.sites.find((one) => one.site === site.site);
      const there = row?.estimate.kind === 'estimate';
      return [
        { text: site.siteName },
        siteCell(analysis.run, site, row, show),
        optional(row?.standardError ?? null, small),
        optional(row?.lower ?? null, show),
        optional(row?.upper ?? null, show),
        optional(weightOf(figure, site), (x) => percent(x, 1)),
        there ? numberCell(count, row.positives.patients) : none,
        there ? numberCell(count, row.negatives.patients) : none,
        pooledState(row),
      ];
    }),
  };
}

function pooledState(row: SiteRow | undefined): Cell {
  if (!row) return { text: 'no', tone: 'absent' };
  return row.excluded === null ? { text: 'yes' } : { text: `no: ${exclusion(row.excluded)}`, tone: 'absent' };
}

/** Every model on every arm, with the lowest and highest site: robust is what differs little. */
export function cellsTable({ run, cells }: Analysis): Table {
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
        { text: cell.classifier, href: hrefs.figure(run, { ...cell, kind: 'cell' }) },
        { text: armNames[cell.arm] },
        pooledCell(cell, three),
        ...heterogeneityCells(cell),
        of(low),
        of(high),
        of(high - low),
        cell.diagonal ? { text: 'yes' } : { text: 'no', tone: 'quiet' },
      ];
    }),
  };
}

/** The paired differences: every comparison, site by site and pooled. */
export function comparisonsTable({ run, comparisons, sites }: Analysis): Table {
  return {
    caption: 'Paired differences of AUC',
    file: 'paired-differences',
    columns: [
      { label: 'Comparison' },
      { label: 'AUC of … minus AUC of …' },
      { label: 'In the plan' },
      ...['Pooled', 'p', 'p adjusted', 'I²'].map((label) => ({ label, numeric: true })),
      ...sites.map(({ siteName }) => ({ label: siteName, numeric: true })),
    ],
    rows: comparisons.map((comparison) => {
      const { id, a, b, question } = comparison;
      const p = pooledAnswer(comparison)?.pTwoSided ?? null;
      return [
        { text: id, href: hrefs.figure(run, { kind: 'comparison', id }) },
        { text: `${cellName(a)} − ${cellName(b)}`, raw: `${cellName(a)} minus ${cellName(b)}` },
        { text: question.status },
        pooledCell(comparison, signed),
        p === null ? none : numberCell(pValue, p),
        question.pAdjusted === null ? none : numberCell(pValue, question.pAdjusted),
        heterogeneityCells(comparison)[0],
        ...sites.map((site) =>
          siteCell(
            run,
            site,
            comparison.sites.find((row) => row.site === site.site),
            signed,
          ),
        ),
      ];
    }),
  };
}

/** What each site brought. Before its report a site has no counts, which is not zero. */
export function sitesTable({ sites }: Analysis): Table {
  const counts = ['Films', 'Skipped', 'With a marker', 'Inert: inpainted', 'Inert: clipped'];
  return {
    caption: 'Sites',
    file: 'sites',
    columns: [
      ...['Site', 'Role', 'Report', 'Qualification'].map((label) => ({ label })),
      ...counts.map((label) => ({ label, numeric: true })),
    ],
    rows: sites.map((site) => [
      { text: site.siteName },
      { text: site.role },
      site.reported ? { text: 'accepted', tone: 'good' } : { text: 'none yet', tone: 'absent' },
      qualificationCell(site),
      ...[
        site.imagesEvaluated,
        site.imagesSkipped,
        site.imagesWithMarker,
        site.inertInpainted,
        site.inertClipped,
      ].map((n) => (site.reported ? numberCell(count, n) : none)),
    ]),
  };
}

function qualificationCell({ qualification }: SiteSummary): Cell {
  const text = qualificationNames[qualification];
  if (qualification === 'qualified') return { text, tone: 'good' };
  return { text, tone: qualification === 'not-qualified' ? 'bad' : 'quiet' };
}

/** Multi-class models: correct predictions over all sites. */
export function accuracyTable({ multiclass }: Analysis): Table {
  return {
    caption: 'Accuracy of multi-class models, counts of all sites',
    file: 'accuracy',
    columns: [
      { label: 'Model' },
      { label: 'Arm' },
      ...['Accuracy', 'Correct', 'Films'].map((label) => ({ label, numeric: true })),
    ],
    rows: multiclass.map(({ classifier, arm, accuracy }) => {
      const names = [{ text: classifier }, { text: armNames[arm] }];
      if (accuracy === null)
        return [...names, { text: 'no site has a whole table', tone: 'absent' }, none, none];
      const { correct, total, lower, upper } = accuracy;
      return [
        ...names,
        { text: interval(three, { estimate: correct / total, lower, upper }), raw: String(correct / total) },
        numberCell(count, correct),
        numberCell(count, total),
      ];
    }),
  };
}
