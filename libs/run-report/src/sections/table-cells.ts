// Cells that several tables of the report share.
import type { PooledAnswer, PooledFigure } from '@sidemark/core/contract';
import { column } from '../document/block.ts';
import { estimateText, none, percent, type Show } from '../text/number.ts';

export const answer = (of: PooledAnswer | null | undefined, show: Show): string =>
  of ? estimateText(of, show) : none;
export const pairs = ({ pairWeighted }: Pick<PooledFigure, 'pairWeighted'>, show: Show): string =>
  pairWeighted ? estimateText(pairWeighted, show) : none;
export const i2 = ({ heterogeneity }: PooledFigure): string =>
  heterogeneity ? percent(heterogeneity.i2) : none;
export const right = (head: string, width: number): ReturnType<typeof column> => column(head, width, 'right');
