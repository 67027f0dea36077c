// The answers to the questions of the plan, in sentences as far as the numbers carry them.
import type { Analysis, ComparisonAnalysis, PooledFigure } from '@sidemark/core/contract';
import { askedFigure } from '@sidemark/core/reading';
import {
  estimateText,
  intervalText,
  levelText,
  pCell,
  percent,
  plural,
  pText,
  signed,
  small,
  three,
} from '../text/number.ts';
import { absence, methodNames, testNames } from '../text/words.ts';
import { type Block, column, note, type Section, tableOf } from '../document/block.ts';

export interface Claim {
  readonly text: string;
  readonly detail: string;
}

export const cellName = ({ classifier, arm }: ComparisonAnalysis['a']): string => `${classifier} on ${arm}`;
const capital = (said: string): string => said.charAt(0).toUpperCase() + said.slice(1);

/** What the plan asks; everything where it asks nothing. */
export function confirmatory({ comparisons }: Analysis): readonly ComparisonAnalysis[] {
  const asked = comparisons.filter(({ question }) => question.status !== 'exploratory');
  return asked.length > 0 ? asked : comparisons;
}

/** What stands on the title page. */
export const primaryOf = (analysis: Analysis): readonly ComparisonAnalysis[] =>
  analysis.comparisons.filter(({ question }) => question.status === 'primary');

/** `external ` before sites, or nothing. */
export const scopeWord = ({ question: { sites } }: ComparisonAnalysis): string =>
  sites === 'all' ? '' : `${sites} `;

export function claimOf(comparison: ComparisonAnalysis, level: number): Claim {
  const { pooled, a, b } = comparison;
  const figure = askedFigure(comparison);
  if (!figure?.answer) {
    const why =
      pooled.kind === 'not-estimable' ? absence(pooled.reason) : 'no site that is asked about has the figure';
    return { text: `${cellName(a)} against ${cellName(b)}: no answer.`, detail: `${capital(why)}.` };
  }
  const { answer } = figure;
  const { estimate, lower, upper } = answer;
  const within = `${levelText(level)} interval ${intervalText(answer, signed)}`;
  const p = answer.pTwoSided === null ? '' : `, ${pText(answer.pTwoSided)}`;
  const sites = plural(figure.members.length, `${scopeWord(comparison)}site`);
  const isOpen = lower <= 0 && upper >= 0;
  const way = `${three(Math.abs(estimate))} ${estimate > 0 ? 'higher' : 'lower'} for ${cellName(a)} than for ${cellName(b)}`;
  const text = isOpen
    ? `Over ${sites}, no difference in AUC between ${cellName(a)} and ${cellName(b)} is shown: ${signed(estimate)} (${within}${p}).`
    : `Over ${sites}, the AUC is ${way} (${within}${p}).`;
  const detail = [
    `${capital(methodNames[answer.method])}, ${testNames[answer.test]}.`,
    betweenSites(figure),
    adjusted(comparison),
  ];
  return { text, detail: detail.filter((one) => one !== '').join(' ') };
}

/** How much sites differ, or that nothing is said of it. */
export function betweenSites({ heterogeneity, prediction }: PooledFigure): string {
  if (heterogeneity === null) return 'With fewer than three sites nothing is said of how much they differ.';
  const { i2, i2Lower, i2Upper, tau2, qP } = heterogeneity;
  const next = prediction ? ` A new site would lie at ${intervalText(prediction, signed)}.` : '';
  return `Between sites: I\u00b2 ${percent(i2)} (${percent(i2Lower)} to ${percent(i2Upper)}), \u03c4\u00b2 ${small(tau2)}, Q test ${pText(qP)}.${next}`;
}

function adjusted({ question: { pAdjusted, correction, margin } }: ComparisonAnalysis): string {
  const by = correction === 'gatekeeping-holm' ? 'Holm with gatekeeping' : 'Benjamini-Hochberg';
  const p = pAdjusted === null ? '' : `Adjusted for all questions (${by}): ${pText(pAdjusted)}.`;
  if (margin === null) return p;
  const is = margin.established ? 'is' : 'is not';
  return `${p} ${capital(margin.question)} by a margin of ${three(margin.margin)} ${is} established alone (one-sided ${pText(margin.pOneSided)}).`.trim();
}

export function answersSection(analysis: Analysis): Section {
  const asked = confirmatory(analysis);
  const claims = asked.map((comparison): Block => ({
    kind: 'claim',
    ...claimOf(comparison, analysis.level),
  }));
  const columns = [
    ...[column('Question', 24), column('AUC of', 40), column('Difference', 30)],
    ...[column('p', 11, 'right'), column('p adjusted', 13, 'right'), column('Status', 15)],
  ];
  const rows = analysis.comparisons.map((comparison) => {
    const { id, a, b, question } = comparison;
    const answer = askedFigure(comparison)?.answer;
    return [
      ...[id, `${cellName(a)} minus ${cellName(b)}`, answer ? estimateText(answer, signed) : 'no answer'],
      ...[pCell(question.p), pCell(question.pAdjusted), question.status],
    ];
  });
  const about =
    analysis.plan.sites === 'all' ? '' : ` The questions are about ${analysis.plan.sites} sites alone.`;
  return {
    id: 'answers',
    title: 'Answers to the questions of the plan',
    blocks: [
      ...claims,
      ...tableOf('Every comparison of the protocol', columns, rows),
      note(
        `Primary and secondary questions were named by the protocol, which was signed before data.${about} Exploratory comparisons are described, not tested: their p values are for the false discovery rate.`,
      ),
    ],
  };
}
