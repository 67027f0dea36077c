// How well a multi-task model draws the lesion: mean Dice of each arm at each site, and arm against arm film by film.
import type { Analysis, Protocol, SegmentationAnalysis } from '@sidemark/core/contract';
import type { Dot, DotRow, DotRowsData } from '../../../charts/rows/row-data.ts';
import { signed, three } from '../../../format/number.ts';
import { absence, armNames, isWithheld } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import type { Cell, Table } from '../../parts/table.ts';
import { absentCell, none, numberCell } from '../cells.ts';

export const segmentationOf = (
  { segmentation }: Pick<Analysis, 'segmentation'>,
  model: string,
): SegmentationAnalysis | undefined => segmentation.find(({ classifier }) => classifier === model);

type Dice = SegmentationAnalysis['dice'][number];
type Difference = SegmentationAnalysis['differences'][number];
type Moments = Dice['sites'][number]['value'];

/** What a film counts that is empty on both sides. @param protocol undefined: it is not at hand */
export function bothEmptyText(protocol: Protocol | undefined): string {
  if (protocol === undefined) return 'What a film counts that is empty on both sides, the protocol says.';
  return (protocol.document.segmentation?.bothEmpty ?? 'one') === 'one'
    ? 'A film without a lesion on which none is drawn counts as 1, by the protocol.'
    : 'A film without a lesion on which none is drawn is left out, by the protocol.';
}

/** One row for each site, a dot for each arm: mean over its films. The last row is the mean over the films of all. */
export function diceModel({ dice }: SegmentationAnalysis, links: Links): DotRowsData {
  const names = [...new Set(dice.flatMap(({ sites }) => sites.map(({ siteName }) => siteName)))];
  const all = dice.map(({ pooled }): Dot | null => pooled && alone(pooled.mean));
  const digests = dice.flatMap(({ sites }) => sites.map(({ payloadDigest }) => payloadDigest));
  return {
    ...{ title: 'Mean Dice, site by site', rowLabel: 'Site', axis: 'mean Dice of films' },
    textLabel: dice.map(({ arm }) => armNames[arm]).join(' · '),
    series: dice.map(({ arm }) => ({ name: armNames[arm], tone: arm })),
    rows: [
      ...names.map((name) => {
        const own = dice.flatMap(({ sites }) => sites.find(({ siteName }) => siteName === name) ?? []);
        const values = dice.map(({ sites }) => sites.find(({ siteName }) => siteName === name)?.value);
        return diceRow(name, values, links.from(own.slice(0, 1).map(({ payloadDigest }) => payloadDigest)));
      }),
      ...(all.some((dot) => dot !== null)
        ? [
            {
              ...{ name: 'Films of all sites', href: links.from([...new Set(digests)]), dots: all },
              ...{ text: textOf(all), note: null, withheld: false, sum: true },
            },
          ]
        : []),
    ],
    ...{ reference: null, show: three, joined: false },
  };
}

const alone = (estimate: number): Dot => ({ estimate, lower: null, upper: null });
const textOf = (dots: readonly (Dot | null)[]): string =>
  dots.map((dot) => (dot ? three(dot.estimate) : '–')).join(' · ');

function diceRow(name: string, values: readonly (Moments | undefined)[], href: string): DotRow {
  const dots = values.map((value) => (value?.kind === 'moments' ? alone(value.mean) : null));
  const reasons = values.flatMap((value) => (value?.kind === 'not-estimable' ? [value.reason] : []));
  const missing = dots.every((dot) => dot === null);
  const reason = reasons[0] ?? 'empty';
  return {
    ...{ name, href, dots, text: textOf(dots), sum: false },
    ...{ note: missing ? absence(reason) : null, withheld: missing && isWithheld(reason) },
  };
}

/** One row for each pair of arms: mean difference of Dice over the films of all sites; the line reaches over the sites. */
export function diceDifferences({ differences }: SegmentationAnalysis, links: Links): DotRowsData {
  return {
    ...{ title: 'Difference of Dice between arms', rowLabel: 'Arms', textLabel: 'Films of all sites' },
    ...{ axis: 'mean difference of Dice, film by film', show: signed, joined: false },
    series: [{ name: 'all films', tone: 'pooled' }],
    reference: { value: 0, label: 'no difference' },
    rows: differences.map(({ a, b, sites, pooled }): DotRow => {
      const means = sites.flatMap(({ value }) => (value.kind === 'moments' ? [value.mean] : []));
      const reason =
        sites.flatMap(({ value }) => (value.kind === 'moments' ? [] : [value.reason]))[0] ?? 'empty';
      return {
        name: `${armNames[a]} − ${armNames[b]}`,
        href: links.from(sites.map(({ payloadDigest }) => payloadDigest)),
        dots: [pooled && { estimate: pooled.mean, lower: Math.min(...means), upper: Math.max(...means) }],
        text: pooled ? signed(pooled.mean) : '',
        note: pooled ? null : absence(reason),
        withheld: pooled === null && isWithheld(reason),
        sum: false,
      };
    }),
  };
}

/** Mean, spread and films of every arm and pair of arms at every site. */
export function segmentationTable({ classifier, dice, differences }: SegmentationAnalysis): Table {
  const lines = (what: string, { sites, pooled }: Pick<Dice | Difference, 'sites' | 'pooled'>): Cell[][] => [
    ...sites.map(({ siteName, value }) => [{ text: siteName }, { text: what }, ...momentCells(value)]),
    [
      ...[{ text: 'Films of all sites' }, { text: what }],
      ...(pooled
        ? [
            numberCell(three, pooled.mean),
            pooled.variance === null ? none : numberCell(three, Math.sqrt(pooled.variance)),
            numberCell(String, pooled.images),
          ]
        : [none, none, none]),
    ],
  ];
  return {
    caption: 'Dice, site by site',
    file: `dice-${classifier}`,
    columns: [
      ...['Site', 'Of'].map((label) => ({ label })),
      ...['Mean', 'Standard deviation', 'Films'].map((label) => ({ label, numeric: true })),
    ],
    rows: [
      ...dice.flatMap((one) => lines(armNames[one.arm], one)),
      ...differences.flatMap((one) => lines(`${armNames[one.a]} − ${armNames[one.b]}`, one)),
    ],
  };
}

function momentCells(value: Moments): Cell[] {
  if (value.kind !== 'moments') return [absentCell(value.reason), none, none];
  return [
    numberCell(three, value.mean),
    numberCell(three, Math.sqrt(value.variance)),
    numberCell(String, value.films.images),
  ];
}
