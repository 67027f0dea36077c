// The answer to a figure's question in sentences, as far as its numbers carry it.
import type { Analysis, PooledAnswer, PooledFigure } from '@sidemark/core/contract';
import { percent, pText, signed, small, three } from '../../../format/number.ts';
import { absence, methodNames, testNames } from '../../../format/words.ts';
import { cellName } from '../names.ts';
import { askedFigure, type Figure, pooledAnswer, scopeOf, whyNotPooled } from '../pooled.ts';

export interface Verdict {
  readonly headline: string;
  /** method and heterogeneity, or why there is no answer */
  readonly detail: string;
}

const sites = (n: number, which = ''): string => (n === 1 ? `one ${which}site` : `${n} ${which}sites`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function verdictOf(figure: Figure, { level }: Pick<Analysis, 'level'>): Verdict {
  const meta = askedFigure(figure);
  const answer = pooledAnswer({ meta });
  if (!answer || meta === null)
    return {
      headline: 'There is no pooled answer yet.',
      detail: `${capital(absence(whyNotPooled({ meta, pooled: figure.of.pooled })))}.`,
    };
  const detail = [methodText(answer), betweenSites(meta), sameWay(figure, answer), adjusted(figure)];
  return {
    headline: `Over ${sites(meta.members.length, whichOf(figure))}, ${claim(figure, answer, percent(level * 100))}.`,
    detail: detail.filter((text) => text !== '').join(' '),
  };
}

/** `external ` before sites, or nothing. */
const whichOf = (figure: Figure): string => (scopeOf(figure) === 'all' ? '' : `${scopeOf(figure)} `);

function claim(figure: Figure, { estimate, lower, upper, pTwoSided }: PooledAnswer, level: string): string {
  if (figure.kind === 'cell')
    return `the AUC of ${cellName(figure.of)} is ${three(estimate)} (${level} interval ${three(lower)} to ${three(upper)})`;
  const { a, b } = figure.of;
  const p = pTwoSided === null ? '' : `; ${pText(pTwoSided)}`;
  const range = `${level} interval ${signed(lower)} to ${signed(upper)}${p}`;
  if (lower <= 0 && upper >= 0)
    return `no difference between ${cellName(a)} and ${cellName(b)} is shown (${signed(estimate)}, ${range})`;
  const way = estimate > 0 ? 'higher' : 'lower';
  return `the AUC of ${cellName(a)} is ${three(Math.abs(estimate))} ${way} than that of ${cellName(b)} (${range})`;
}

const methodText = ({ method, test }: PooledAnswer): string =>
  `${capital(methodNames[method])}, ${testNames[test]}.`;

function betweenSites({ heterogeneity }: PooledFigure): string {
  if (heterogeneity === null) return 'With fewer than three sites nothing is said of how much they differ.';
  const { i2, i2Lower, i2Upper, tau2, qP } = heterogeneity;
  return `Between sites: I² ${percent(i2)} (${percent(i2Lower)} to ${percent(i2Upper)}), τ² ${small(tau2)}, Q test ${pText(qP)}.`;
}

/** At how many sites a difference lies on the side of the pooled one, where that is clear of zero. */
function sameWay(figure: Figure, { estimate, lower, upper }: PooledAnswer): string {
  const { kind, of } = figure;
  if (kind === 'cell' || (lower <= 0 && upper >= 0)) return '';
  const asked = askedFigure(figure)?.members.map(({ siteName }) => siteName);
  const counts = ({ siteName }: { siteName: string }): boolean =>
    of.question.sites === 'all' || asked?.includes(siteName) === true;
  const values = of.sites.flatMap((row) =>
    row.estimate.kind === 'estimate' && counts(row) ? [row.estimate.value] : [],
  );
  const same = values.filter((value) => Math.sign(value) === Math.sign(estimate)).length;
  return `At ${same} of ${sites(values.length)} the difference goes the same way.`;
}

/** The p-value among all that the plan asks, and the margin where it names one. */
function adjusted(figure: Figure): string {
  if (figure.kind === 'cell') return '';
  const { pAdjusted, correction, margin } = figure.of.question;
  const by = correction === 'gatekeeping-holm' ? 'Holm with gatekeeping' : 'Benjamini–Hochberg';
  const p = pAdjusted === null ? '' : `Adjusted for all questions (${by}): ${pText(pAdjusted)}.`;
  if (margin === null) return p;
  const established = margin.established ? 'is' : 'is not';
  return `${p} ${capital(margin.question)} by a margin of ${three(margin.margin)} ${established} established alone (one-sided ${pText(margin.pOneSided)}).`.trim();
}
