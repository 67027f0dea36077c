// A pooled figure in a table cell: the answer by the rule of the number of sites, and what stands beside it.
import type { PooledAnswer, PooledFigure } from '@sidemark/core/contract';
import { percent } from './number.ts';

export type Show = (x: number) => string;

const methodNames = {
  none: 'one site',
  'fixed-effect': 'fixed',
  'dersimonian-laird': 'DL',
  reml: 'REML',
} as const;

/** e.g. `+0.021 [-0.005, +0.046] REML`, a dash where no site has the figure */
export function answerText(answer: PooledAnswer | null | undefined, show: Show): string {
  if (!answer) return '-';
  return `${show(answer.estimate)} [${show(answer.lower)}, ${show(answer.upper)}] ${methodNames[answer.method]}`;
}

export function predictionText({ prediction }: PooledFigure, show: Show): string {
  return prediction ? `[${show(prediction.lower)}, ${show(prediction.upper)}]` : '-';
}

/** With the sites it holds, and how many of them the answer leaves out. */
export function pairWeightedText(pairs: PooledFigure['pairWeighted'], show: Show): string {
  if (pairs === null) return '-';
  const out = pairs.leftOut > 0 ? ` (${pairs.sites} sites, ${pairs.leftOut} left out of pooling)` : '';
  return `${show(pairs.estimate)} [${show(pairs.lower)}, ${show(pairs.upper)}]${out}`;
}

export function i2Text({ heterogeneity }: PooledFigure): string {
  return heterogeneity ? percent(heterogeneity.i2) : '-';
}
