// What `npm run eval:classifiers -- ... --json` printed, for the classifiers' card.
import { z } from 'zod';
import { markdownTable } from './markdown-table.ts';

const site = z.object({
  films: z.number(),
  auc: z.number().optional(),
  accuracy: z.number(),
  dice: z.number().optional(),
});
const printed = z.array(
  z.object({ model: z.string(), task: z.string(), arm: z.string(), sites: z.record(z.string(), site) }),
);
type Site = z.infer<typeof site>;
type Row = z.infer<typeof printed>[number];

/** Median and range over the seeds, task by task and arm by arm. */
export function classifierTable(figures: unknown): string {
  const rows = printed.parse(figures).filter(({ model }) => !/-f\d$/.test(model));
  const names = Object.keys(rows[0]!.sites);
  const groups = new Map<string, Row[]>();
  for (const row of rows) {
    const key = `${row.task}, ${row.arm}`;
    groups.set(key, [...(groups.get(key) ?? []), row]);
  }
  const body = [...groups].map(([key, some]) => [
    key,
    ...names.map((name) => spread(some.map(({ sites }) => main(sites[name]!)))),
    diceOf(some, names),
  ]);
  return markdownTable(['task, arm', ...names, 'Dice, all sites'], body);
}

/** Every model, seeds and folds. */
export function everyClassifierTable(figures: unknown): string {
  const rows = printed.parse(figures);
  const names = Object.keys(rows[0]!.sites);
  return markdownTable(
    ['model', ...names],
    rows.map(({ model, sites }) => [
      model,
      ...names.map((name) =>
        [main(sites[name]!), sites[name]!.dice]
          .flatMap((x) => (x === undefined ? [] : [x.toFixed(3)]))
          .join(' / '),
      ),
    ]),
  );
}

/** AUC, or of a model without one the accuracy. */
const main = ({ auc, accuracy }: Site): number => auc ?? accuracy;

function diceOf(rows: readonly Row[], names: readonly string[]): string {
  const values = rows.flatMap(({ sites }) => names.flatMap((name) => sites[name]!.dice ?? []));
  return values.length === 0 ? '-' : spread(values);
}

function spread(values: readonly number[]): string {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  const median = sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
  return `${median.toFixed(3)} (${sorted[0]!.toFixed(3)} to ${sorted.at(-1)!.toFixed(3)})`;
}
