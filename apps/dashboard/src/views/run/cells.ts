// Cells of the tables of a run.
import type { PooledFigure, SiteRow, SiteSummary } from '@sidemark/core/contract';
import { interval, percent, small } from '../../format/number.ts';
import { absence, isWithheld, qualificationNames, refusalNames } from '../../format/words.ts';
import type { Links } from '../../routes/links.ts';
import type { Cell } from '../parts/table.ts';
import { type Pooled, pooledAnswer, whyNotPooled } from './pooled.ts';

export type Show = (x: number) => string;

export const none: Cell = { text: '–', raw: '', tone: 'absent' };
export const numberCell = (show: Show, x: number): Cell => ({ text: show(x), raw: String(x) });
export const optionalCell = (show: Show, x: number | null | undefined): Cell =>
  x === null || x === undefined ? none : numberCell(show, x);

export function absentCell(reason: Parameters<typeof absence>[0]): Cell {
  return { text: absence(reason), tone: isWithheld(reason) ? 'withheld' : 'absent' };
}

/** Leads to the reports that were pooled. */
export function pooledCell(of: Pooled & { sites: readonly SiteRow[] }, show: Show, links: Links): Cell {
  const answer = pooledAnswer(of);
  if (!answer) return absentCell(whyNotPooled(of));
  const href = links.from(memberDigests(of.meta, of.sites));
  return { text: interval(show, answer), raw: String(answer.estimate), href };
}

/** Of the reports that a pooled figure rests on. */
export const pooledDigests = (
  rows: readonly { readonly payloadDigest: string; readonly excluded: string | null }[],
): string[] => rows.filter(({ excluded }) => excluded === null).map(({ payloadDigest }) => payloadDigest);

/** The same of the sites that a pooled figure names. */
export const memberDigests = (
  meta: PooledFigure | null,
  rows: readonly Pick<SiteRow, 'siteName' | 'payloadDigest'>[],
): string[] =>
  rows.flatMap(({ siteName, payloadDigest }) =>
    meta?.members.some((member) => member.siteName === siteName) ? [payloadDigest] : [],
  );

export function heterogeneityCells({ meta }: Pick<Pooled, 'meta'>): [i2: Cell, tau2: Cell] {
  const heterogeneity = meta?.heterogeneity ?? null;
  if (heterogeneity === null) return [none, none];
  return [numberCell(percent, heterogeneity.i2), numberCell(small, heterogeneity.tau2)];
}

export function siteCell(links: Links, site: SiteSummary, row: SiteRow | undefined, show: Show): Cell {
  if (!row) return { text: whyNoRow(site), tone: 'absent' };
  const href = links.from([row.payloadDigest]);
  if (row.estimate.kind !== 'estimate') return { ...absentCell(row.estimate.reason), href };
  return { ...numberCell(show, row.estimate.value), href };
}

/** Why a site has no row: said in the place of its number. */
export function whyNoRow({ reported, qualification, refusal }: SiteSummary): string {
  if (!reported && refusal !== null) return `no report: ${refusalNames[refusal]}`;
  if (!reported) return 'no report yet';
  if (qualification === 'not-qualified' || qualification === 'missing')
    return `not pooled: ${qualificationNames[qualification]}`;
  return 'its report holds no such figure';
}
