// What `npm run eval:detector -- DIR --json` printed, for the detector's card.
import { z } from 'zod';
import { markdownTable } from './markdown-table.ts';

const rate = z.object({
  value: z.number().nullable(),
  interval: z.tuple([z.number(), z.number()]).nullable(),
});
const summary = z.object({
  films: z.number(),
  markers: z.number(),
  recall: rate,
  coverage: rate,
  falsePositivesPerFilm: rate,
});
const printed = z.object({
  threshold: z.number(),
  all: summary,
  bySite: z.array(summary.extend({ site: z.string() })),
});
type Summary = z.infer<typeof summary>;

const HEAD = ['site', 'films', 'L/R letters', 'recall', 'covered', 'false a film'];

/** Row by row the sites, then all. */
export function detectorTable(figures: unknown): string {
  const { bySite, all } = printed.parse(figures);
  const sites = bySite.length > 1 ? [...bySite, { site: 'all', ...all }] : bySite;
  return markdownTable(
    HEAD,
    sites.map(({ site, ...one }) => row(site, one)),
  );
}

/** One row for each hospital that was left out. */
export function holdOutTable(figures: readonly unknown[]): string {
  const sites = figures.flatMap((one) => printed.parse(one).bySite);
  return markdownTable(
    ['left out', ...HEAD.slice(1)],
    sites.map(({ site, ...one }) => row(site, one)),
  );
}

function row(name: string, { films, markers, recall, coverage, falsePositivesPerFilm }: Summary): string[] {
  const rates = [recall, coverage, falsePositivesPerFilm].map(({ value, interval }) =>
    value === null || interval === null
      ? '-'
      : `${value.toFixed(3)} (${interval[0].toFixed(3)} to ${interval[1].toFixed(3)})`,
  );
  return [name, String(films), String(markers), ...rates];
}
