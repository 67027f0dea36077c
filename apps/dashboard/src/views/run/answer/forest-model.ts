// From an analysis to the forest plot of one of its figures: a row for every site, also for those without a number.
import type { Analysis, SiteRow, SiteSummary } from '@sidemark/core/contract';
import type { ForestData, ForestRow } from '../../../charts/forest/forest-data.ts';
import { count, percent, pText, signed, small, three } from '../../../format/number.ts';
import { absence, exclusion, isWithheld } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import { pooledDigests, whyNoRow } from '../cells.ts';
import { cellName, sideNames } from '../names.ts';
import { type Figure, pooledAnswer } from '../pooled.ts';

export function forestModel(analysis: Analysis, figure: Figure, links: Links): ForestData {
  const rows = analysis.sites.map((site) => forestRow(links, site, figure));
  const level = percent(analysis.level * 100);
  const answer = pooledAnswer(figure.of);
  const { prediction } = figure.of.meta;
  return {
    ...wordsOf(figure, `[${level}]`),
    sizeLabel: 'Patients with / without',
    rows,
    pooled: answer
      ? { label: 'Pooled', value: answer, href: links.from(pooledDigests(figure.of.sites)) }
      : null,
    spread: spreadText(figure),
    prediction: prediction && { label: `A new site, ${level}`, ...prediction },
  };
}

/** How much the sites differ; null: nothing is said of fewer than three. */
function spreadText({ of }: Figure): string | null {
  const { heterogeneity } = of.meta;
  if (heterogeneity === null) return null;
  const { i2, tau2, qP } = heterogeneity;
  const scale = of.meta.scale === 'logit' ? ' (logit)' : '';
  return `I² ${percent(i2)} · τ²${scale} ${small(tau2)} · Q ${pText(qP)}`;
}

export const rowOf = (figure: Figure, { site }: SiteSummary): SiteRow | undefined =>
  figure.of.sites.find((row) => row.site === site);

/** By the weights of the answer; null: the site is not pooled. */
export function weightOf({ of }: Figure, { siteName }: SiteSummary): number | null {
  return of.meta.members.find((member) => member.siteName === siteName)?.weightPercent ?? null;
}

function forestRow(links: Links, site: SiteSummary, figure: Figure): ForestRow {
  const row = rowOf(figure, site);
  const nothing = { href: null, size: '', value: null, weightPercent: null, withheld: false };
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
