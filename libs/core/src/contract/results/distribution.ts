// Where a site stands among the others, for the site itself: after its own report was received, and with three others.
import { z } from 'zod';
import { Count, Id, Instant, Slug } from '../ids.ts';
import { Arm } from '../arms.ts';

/** Fewer other sites would be named by leaving out one's own. */
export const fewestOthers = 3;

const finite = z.number();
const cell = z.strictObject({ classifier: Slug, arm: Arm });

const StandingOfFigure = z.strictObject({
  own: finite.nullable().describe('as this site reported it; null: it has none'),
  pooled: z.strictObject({ estimate: finite, lower: finite, upper: finite }).describe('over all sites'),
  prediction: z
    .strictObject({ lower: finite, upper: finite })
    .nullable()
    .describe('where a new site would lie; null: too few sites'),
  others: z
    .strictObject({ sites: Count, lowest: finite, median: finite, highest: finite })
    .describe('of the other sites that were pooled, none of them named'),
});

/** No other site is named, and no figure is here that fewer than three others are in. */
export const RunDistribution = z.strictObject({
  job: Id,
  computedAt: Instant.describe('receipt of the newest report'),
  aucs: z.array(z.strictObject({ of: cell, ...StandingOfFigure.shape })),
  differences: z
    .array(z.strictObject({ id: Slug, primary: z.boolean(), a: cell, b: cell, ...StandingOfFigure.shape }))
    .describe('AUC of a minus AUC of b'),
});
export type RunDistribution = z.infer<typeof RunDistribution>;
