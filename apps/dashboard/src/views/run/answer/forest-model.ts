// From an analysis to the forest plot of one of its figures: a row for every site, also for those without a number. The
// answer, its weights and its spread are over the sites that the plan asks about; the others stand below.
import type { Analysis, PooledFigure, SiteRow, SiteSummary } from '@sidemark/core/contract';
import type { ForestData, ForestPooled, ForestRow } from '../../../charts/forest/forest-data.ts';
import { count, percent, pText, signed, small, three } from '../../../format/number.ts';
import { absence, exclusion, isWithheld } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import { memberDigests, whyNoRow } from '../cells.ts';
import { cellName, sideNames } from '../names.ts';
import { askedFigure, askedSites, type Figure, pooledAnswer, scopeOf } from '../pooled.ts';

export function forestModel(analysis: Analysis, figure: Figure, links: Links): ForestData {
  const level = percent(analysis.level * 100);
  const [asked, others] = sitesOf(analysis, figure);
  const scope = scopeOf(figure);
  const meta = askedFigure(figure);
  const rowsOf = (sites: readonly SiteSummary[]) => sites.map((site) => forestRow(links, site, figure));
  const pooled = (label: string, of: PooledFigure | null): ForestPooled | null => {
    const value = pooledAnswer({ meta: of });
    return value ? { label, value, href: links.from(memberDigests(of, figure.of.sites)) } : null;
  };
  return {
    ...wordsOf(figure, `[${level}]`),
    sizeLabel: 'Patients with / without',
    rows: asked.length > 0 ? rowsOf(asked) : [noSite(scope)],
    pooled: pooled(pooledName(figure), meta),
    spread: meta && spreadText(meta),
    prediction: meta?.prediction
      ? { label: `A new ${scope === 'all' ? '' : `${scope} `}site, ${level}`, ...meta.prediction }
      : null,
    others:
      scope === 'all'
        ? null
        : {
            heading: 'Other sites, not in this question',
            rows: rowsOf(others),
            all: pooled(allName, figure.of.meta),
          },
  };
}

export const allName = 'All sites';
export const pooledName = (figure: Figure): string =>
  scopeOf(figure) === 'all' ? 'Pooled' : `All ${scopeOf(figure)} sites`;

/** Those that the figure is about, and the others. */
export function sitesOf(
  analysis: Analysis,
  figure: Figure,
): [asked: readonly SiteSummary[], others: readonly SiteSummary[]] {
  const isAsked = askedSites(figure, analysis);
  return [
    analysis.sites.filter(({ siteName }) => isAsked(siteName)),
    analysis.sites.filter(({ siteName }) => !isAsked(siteName)),
  ];
}

/** How much the sites differ; null: nothing is said of fewer than three. */
function spreadText({ heterogeneity, scale }: PooledFigure): string | null {
  if (heterogeneity === null) return null;
  const { i2, tau2, qP } = heterogeneity;
  return `I² ${percent(i2)} · τ²${scale === 'logit' ? ' (logit)' : ''} ${small(tau2)} · Q ${pText(qP)}`;
}

export const rowOf = (figure: Figure, { site }: SiteSummary): SiteRow | undefined =>
  figure.of.sites.find((row) => row.site === site);

/** By the weights of the answer; null: the site is not pooled. */
export function weightOf(figure: Figure, { siteName }: SiteSummary): number | null {
  const member = askedFigure(figure)?.members.find((one) => one.siteName === siteName);
  return member?.weightPercent ?? null;
}

const nothing = { href: null, size: '', value: null, weightPercent: null, withheld: false } as const;

const noSite = (scope: string): ForestRow => ({
  ...{ name: 'none', ...nothing, note: `the plan asks about ${scope} sites, and the run has none` },
});

function forestRow(links: Links, site: SiteSummary, figure: Figure): ForestRow {
  const row = rowOf(figure, site);
  if (!row) return { name: site.siteName, ...nothing, note: whyNoRow(site) };
  const { estimate, lower, upper, positives, negatives, payloadDigest } = row;
  const there = estimate.kind === 'estimate';
  return {
    name: site.siteName,
    href: links.from([payloadDigest]),
    size: there ? `${count(positives.patients)} / ${count(negatives.patients)}` : '',
    value: there ? { estimate: estimate.value, lower, upper } : null,
    note: there ? row.excluded && `not pooled: ${exclusion(row.excluded)}` : absence(estimate.reason),
    weightPercent: weightOf(figure, site),
    withheld: !there && isWithheld(estimate.reason),
  };
}

function wordsOf(
  figure: Figure,
  interval: string,
): Pick<ForestData, 'title' | 'reference' | 'referenceLabel' | 'sides' | 'valueLabel' | 'show'> {
  if (figure.kind === 'cell')
    return {
      title: `AUC of ${cellName(figure.of)}, site by site`,
      reference: 0.5,
      referenceLabel: 'chance',
      sides: ['worse than chance', 'better than chance'],
      valueLabel: `AUC ${interval}`,
      show: three,
    };
  const { a, b } = figure.of;
  const [higherA, higherB] = sideNames(a, b);
  return {
    title: `AUC of ${cellName(a)} minus AUC of ${cellName(b)}, site by site`,
    reference: 0,
    referenceLabel: 'no difference',
    sides: [`higher: ${higherB}`, `higher: ${higherA}`],
    valueLabel: `Difference ${interval}`,
    show: signed,
  };
}
