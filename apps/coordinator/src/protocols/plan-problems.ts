// What an analysis plan asks must be in its protocol, and each question once.
import type { ProtocolDraft } from '@sidemark/core/contract';

/** One sentence for each contradiction; none without a plan. */
export function planProblems({ analysis: { plan }, comparisons, classifiers }: ProtocolDraft): string[] {
  if (plan === undefined) return [];
  const planned = plan.families.flatMap((family) => family.comparisons);
  const known = comparisons.map(({ id }) => id);
  const first = plan.families[0]?.comparisons ?? [];
  const names = plan.families.map(({ name }) => name);
  const margins = plan.margins.map(({ comparison }) => comparison);
  const internal = plan.internalSites.map(({ classifier }) => classifier);
  const ids = classifiers.map(({ id }) => id);
  return [
    ...twice(names).map((name) => `plan: two families are called ${name}`),
    ...twice(planned).map((id) => `plan: the comparison ${id} is asked twice`),
    ...unknown(planned, known).map((id) => `plan: there is no comparison ${id}`),
    ...comparisons
      .filter(({ id, primary }) => primary !== first.includes(id))
      .map(({ id, primary }) =>
        primary
          ? `plan: ${id} is primary, but not in the first family`
          : `plan: ${id} is in the first family, but not primary`,
      ),
    ...twice(margins).map((id) => `plan: the comparison ${id} has two margins`),
    ...unknown(margins, planned).map(
      (id) => `plan: the margin of ${id} is of a comparison that no family asks`,
    ),
    ...twice(internal).map((id) => `plan: the internal sites of ${id} are named twice`),
    ...unknown(internal, ids).map((id) => `plan: there is no classifier ${id}`),
  ];
}

function twice(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, at) => values.indexOf(value) !== at))];
}

function unknown(values: readonly string[], known: readonly string[]): string[] {
  return [...new Set(values)].filter((value) => !known.includes(value));
}
