// The answer to a figure's question in sentences, as far as its numbers carry it.
import type { Analysis } from '@sidemark/core/contract';
import { percent, pText, signed, small, three } from '../../format/number.ts';
import { absence, methodNames } from '../../format/words.ts';
import { cellName } from './names.ts';
import type { Figure } from './pooled.ts';

export interface Verdict {
  readonly headline: string;
  /** method and heterogeneity, or why there is no answer */
  readonly detail: string;
}

const sites = (n: number): string => (n === 1 ? 'one site' : `${n} sites`);
const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

export function verdictOf(figure: Figure, { level }: Pick<Analysis, 'level'>): Verdict {
  const { estimate } = figure;
  if (!estimate) {
    const { pooled } = figure.of;
    const reason = pooled.kind === 'pooled' ? 'too-few-sites' : pooled.reason;
    return { headline: 'There is no pooled answer yet.', detail: `${capital(absence(reason))}.` };
  }
  const pooledSites = figure.of.sites.filter(({ weightPercent }) => weightPercent !== null).length;
  const over = `over ${sites(Math.max(pooledSites, 1))}`;
  const spread = `I² ${percent(estimate.i2)}, τ² ${small(estimate.tau2)}${estimate.qP === null ? '' : `, Q test ${pText(estimate.qP)}`}`;
  const detail = `${capital(methodNames[estimate.method])}. Between sites: ${spread}.`;
  const ci = `${percent(level * 100)} interval`;
  if (figure.kind === 'cell')
    return {
      headline: `${capital(over)}, the AUC of ${cellName(figure.of)} is ${three(estimate.estimate)} (${ci} ${three(estimate.lower)} to ${three(estimate.upper)}).`,
      detail,
    };
  const { a, b, zTest } = figure.of;
  const p = zTest ? `; ${pText(zTest.pTwoSided)}` : '';
  const range = `${ci} ${signed(estimate.lower)} to ${signed(estimate.upper)}${p}`;
  if (estimate.lower <= 0 && estimate.upper >= 0)
    return {
      headline: `${capital(over)}, no difference between ${cellName(a)} and ${cellName(b)} is shown (${signed(estimate.estimate)}, ${range}).`,
      detail,
    };
  const way = estimate.estimate > 0 ? 'higher' : 'lower';
  return {
    headline: `${capital(over)}, the AUC of ${cellName(a)} is ${three(Math.abs(estimate.estimate))} ${way} than that of ${cellName(b)} (${range}).`,
    detail: `${detail} ${sameWay(figure)}`,
  };
}

/** At how many sites the estimate lies on the side of the pooled one. */
function sameWay({ of, estimate }: Figure): string {
  const values = of.sites.flatMap((row) => (row.estimate.kind === 'estimate' ? [row.estimate.value] : []));
  const same = values.filter((value) => Math.sign(value) === Math.sign(estimate?.estimate ?? 0)).length;
  return `At ${same} of ${sites(values.length)} the difference goes the same way.`;
}
