// The AUCs of one model in parts of the patients: pooled for a chart, and site by site for a table.
import type { Analysis, FigureRow, StratumAnalysis } from '@sidemark/core/contract';
import type { Dot, DotRow, DotRowsData } from '../../../charts/rows/row-data.ts';
import { interval, signed, three } from '../../../format/number.ts';
import { absence, armNames, exclusion, isWithheld } from '../../../format/words.ts';
import type { Links } from '../../../routes/links.ts';
import type { ArmName } from '../../../routes/route.ts';
import type { Cell, Table } from '../../parts/table.ts';
import { absentCell, memberDigests, none, numberCell } from '../cells.ts';

export const strataOf = (
  { strata = [] }: Partial<Pick<Analysis, 'strata'>>,
  model: string,
): StratumAnalysis[] => strata.filter(({ classifier }) => classifier === model);

type Of = StratumAnalysis['of'];
/** Parts of one kind, in the order of the contract. */
export const partNames: Readonly<Record<Of, string>> = {
  view: 'View',
  sex: 'Sex',
  age: 'Age in years',
  vendor: 'Maker of the machine',
  fold: 'Folds of patients',
};
const kinds = Object.keys(partNames) as Of[];
export const kindsOf = (strata: readonly StratumAnalysis[]): Of[] =>
  kinds.filter((kind) => strata.some(({ of }) => of === kind));

const armsOf = (strata: readonly StratumAnalysis[]): ArmName[] => [...new Set(strata.map(({ arm }) => arm))];
const levelsOf = (strata: readonly StratumAnalysis[]): string[] => [
  ...new Set(strata.map(({ level }) => level)),
];

/** The two arms that the charts show: those laid side by side, or the first two. */
export function shownArms(all: readonly StratumAnalysis[], chosen: readonly ArmName[] | null): ArmName[] {
  const arms = armsOf(all);
  const wanted = chosen?.filter((arm) => arms.includes(arm)) ?? [];
  return wanted.length === 2 ? wanted : arms.slice(0, 2);
}

/** One row for each part of a kind, a dot for each arm: pooled, or of the one site that shows the part. */
export function strataModel(
  all: readonly StratumAnalysis[],
  kind: Of,
  arms: readonly ArmName[],
  links: Links,
): DotRowsData {
  const own = all.filter(({ of }) => of === kind);
  return {
    ...{ title: `AUC by ${partNames[kind].toLowerCase()}`, rowLabel: partNames[kind] },
    textLabel: arms.map((arm) => armNames[arm]).join(' · '),
    series: arms.map((arm) => ({ name: armNames[arm], tone: arm })),
    rows: levelsOf(own).map((level) => {
      const parts = own.filter((one) => one.level === level);
      return partRow(
        level,
        arms.map((arm) => parts.find((one) => one.arm === arm)),
        links,
      );
    }),
    ...{ reference: null, axis: 'AUC', show: three, joined: false },
    // charts of all kinds have one axis
    alsoHolds: all.flatMap(({ arm, meta: { answer } }) =>
      answer && arms.includes(arm) ? [answer.lower, answer.upper] : [],
    ),
  };
}

function partRow(level: string, parts: readonly (StratumAnalysis | undefined)[], links: Links): DotRow {
  const dots = parts.map((part): Dot | null => {
    const answer = part?.meta.answer;
    return answer ? { estimate: answer.estimate, lower: answer.lower, upper: answer.upper } : null;
  });
  const sites = Math.max(...parts.map((part) => part?.meta.members.length ?? 0));
  const missing = dots.every((dot) => dot === null);
  const reasons = parts.flatMap((part) => part?.sites.flatMap(({ excluded }) => excluded ?? []) ?? []);
  const reason = reasons.find(isWithheld) ?? reasons[0] ?? 'empty';
  const digests = parts.flatMap((part) => (part ? memberDigests(part.meta, part.sites) : []));
  return {
    name: `${level} (${sites === 1 ? '1 site' : `${sites} sites`})`,
    href: missing ? null : links.from([...new Set(digests)]),
    dots,
    text: dots.map((dot) => (dot ? three(dot.estimate) : '–')).join(' · '),
    note: missing ? absence(reason) : null,
    withheld: missing && isWithheld(reason),
    sum: false,
  };
}

/** What a site says of a part on an arm. */
function siteCell(row: FigureRow | undefined): Cell {
  if (!row) return { text: 'the site shows no such part', tone: 'absent' };
  if (row.estimate === null) return absentCell(row.excluded ?? 'empty');
  if (row.lower === null || row.upper === null)
    return {
      ...numberCell(three, row.estimate),
      text: `${three(row.estimate)} (${exclusion('zero-variance')})`,
    };
  const { estimate, lower, upper } = row;
  return { text: interval(three, { estimate, lower, upper }), raw: String(estimate) };
}

function pooledCell({ meta }: StratumAnalysis): Cell {
  return meta.answer
    ? { text: interval(three, meta.answer), raw: String(meta.answer.estimate) }
    : absentCell('too-few-sites');
}

/** One arm less the first, on the same films; without an interval, for no report carries a covariance inside parts. */
function differenceCell(a: number | null | undefined, b: number | null | undefined): Cell {
  return typeof a === 'number' && typeof b === 'number' ? numberCell(signed, a - b) : none;
}

/** Every part at every site, arm by arm, and the change from the first arm to each other. */
export function strataTable(all: readonly StratumAnalysis[], siteNames: readonly string[]): Table {
  const arms = armsOf(all);
  const [first, ...others] = arms;
  const columns = [
    ...arms.map((arm) => `AUC, ${armNames[arm]}`),
    ...others.map((arm) => `${armNames[arm]} − ${armNames[first!]}`),
  ];
  return {
    caption: 'AUC in parts of the patients, site by site',
    file: `parts-${all[0]?.classifier ?? 'model'}`,
    columns: [
      ...['Part', 'Level', 'Site'].map((label) => ({ label })),
      ...columns.map((label) => ({ label, numeric: true })),
    ],
    rows: kindsOf(all).flatMap((kind) => {
      const own = all.filter(({ of }) => of === kind);
      return levelsOf(own).flatMap((level) => {
        const parts = arms.map((arm) => own.find((one) => one.arm === arm && one.level === level));
        const head = (name: string): Cell[] => [{ text: partNames[kind] }, { text: level }, { text: name }];
        const lines = siteNames.map((name): Cell[] => {
          const rows = parts.map((part) => part?.sites.find(({ siteName }) => siteName === name));
          const changes = rows.slice(1).map((row) => differenceCell(row?.estimate, rows[0]?.estimate));
          return [...head(name), ...rows.map(siteCell), ...changes];
        });
        const sums = parts.map((part) => (part ? pooledCell(part) : none));
        return [...lines, [...head('Pooled'), ...sums, ...others.map(() => none)]];
      });
    }),
  };
}
