// From figures over sites to the rows of a chart of dots.
import type { FigureOverSites, PooledFigure } from '@sidemark/core/contract';
import type { Dot, DotRow } from '../../charts/rows/row-data.ts';
import { exclusion, isWithheld } from '../../format/words.ts';
import type { Links } from '../../routes/links.ts';
import { pooledDigests, type Show } from './cells.ts';

type Rows = FigureOverSites['sites'];

/** One row for each site that any of the figures names, and one for what they pool to. @param figures one a series */
export function figureRows(figures: readonly (FigureOverSites | null)[], links: Links, show: Show): DotRow[] {
  const digests = new Map(
    figures.flatMap((figure) => figure?.sites ?? []).map((row) => [row.siteName, row.payloadDigest]),
  );
  const rows = [...digests].map(([name, digest]): DotRow => {
    const own = figures.map((figure) => figure?.sites.find(({ siteName }) => siteName === name));
    const dots = own.map((row) => (row ? dotOf(row) : null));
    return { name, href: links.from([digest]), dots, ...wordsOf(dots, own, show), sum: false };
  });
  const pooled = figures.map((figure) => figure && pooledDot(figure.meta));
  if (pooled.every((dot) => dot === null)) return rows;
  const behind = pooledDigests(figures.flatMap((figure) => figure?.sites ?? []));
  const text = textOf(pooled, show);
  return [
    ...rows,
    {
      ...{ name: 'Pooled', href: links.from(behind), dots: pooled, text },
      ...{ note: null, withheld: false, sum: true },
    },
  ];
}

export function dotOf(row: Pick<Rows[number], 'estimate' | 'lower' | 'upper'>): Dot | null {
  const { estimate, lower, upper } = row;
  return estimate === null ? null : { estimate, lower, upper };
}

/** Null where nothing is pooled. */
export function pooledDot({ answer }: Pick<PooledFigure, 'answer'>): Dot | null {
  if (answer === null || answer.method === 'none') return null;
  const { estimate, lower, upper } = answer;
  return { estimate, lower, upper };
}

/** The numbers, with an interval where there is one number alone. */
export function textOf(dots: readonly (Dot | null)[], show: Show): string {
  const [first] = dots;
  if (dots.length === 1 && first && first.lower !== null && first.upper !== null)
    return `${show(first.estimate)} [${show(first.lower)}, ${show(first.upper)}]`;
  return dots.map((dot) => (dot ? show(dot.estimate) : '–')).join(' · ');
}

function wordsOf(
  dots: readonly (Dot | null)[],
  rows: readonly (Rows[number] | undefined)[],
  show: Show,
): Pick<DotRow, 'text' | 'note' | 'withheld'> {
  if (dots.some((dot) => dot !== null)) return { text: textOf(dots, show), note: null, withheld: false };
  const reason = rows.find((row) => row?.excluded)?.excluded ?? 'empty';
  const withheld = isWithheld(reason);
  return { text: '', note: `${withheld ? 'withheld' : 'not estimable'}: ${exclusion(reason)}`, withheld };
}
