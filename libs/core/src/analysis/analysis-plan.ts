// The plan that an analysis follows: the protocol's own, or its primary comparisons; and what it says of each comparison.
import type { ComparisonAnalysis, EffectivePlan, PlannedQuestion, PooledFigure } from '../contract/index.ts';
import { askedFigure } from '../reading/index.ts';
import { adjustP, gatekeep, marginTest } from '../stats/index.ts';
import type { PoolingInput } from './pooling-input.ts';

export function effectivePlan(input: PoolingInput): EffectivePlan {
  const { comparisons, analysis, classifiers } = input.document;
  const primary = comparisons.filter((one) => one.primary).map(({ id }) => id);
  const families = primary.length > 0 ? [{ name: 'primary', comparisons: primary }] : [];
  const { plan } = analysis;
  return {
    declared: plan !== undefined,
    families: plan?.families ?? families,
    sites: plan?.sites ?? 'all',
    margins: plan?.margins ?? [],
    internal: classifiers.map(({ id }) => ({
      classifier: id,
      sites: input.sites.filter((site) => trainedOn(input, id, site)).map(({ siteName }) => siteName),
    })),
  };
}

/** By the plan, else by the manifest, else by the role of the site in the study. */
function trainedOn(
  { document, classifiers }: PoolingInput,
  id: string,
  { siteName, role }: PoolingInput['sites'][number],
): boolean {
  const planned = document.analysis.plan?.internalSites.find(({ classifier }) => classifier === id);
  if (planned) return planned.sites.includes(siteName);
  const named = classifiers.get(id)?.trainedOnSites ?? [];
  return named.length > 0 ? named.includes(siteName) : role === 'internal';
}

type Unasked = Omit<ComparisonAnalysis, 'question'>;
type Tested = Omit<PlannedQuestion, 'pAdjusted' | 'correction'>;

/** Adds to each comparison what the plan asks of it, its p and that among all questions. */
export function askQuestions(
  comparisons: readonly Unasked[],
  plan: EffectivePlan,
  level: number,
): ComparisonAnalysis[] {
  const tested = new Map(comparisons.map((one) => [one.id, testOf(one, plan, level)]));
  const pOf = (id: string): number | null => tested.get(id)?.p ?? null;
  const planned = gatekeep(plan.families.map((family) => family.comparisons.map(pOf)));
  const others = comparisons.filter(({ id }) => tested.get(id)?.status === 'exploratory');
  const explored = adjustP(
    others.map(({ id }) => pOf(id)),
    'bh',
  );
  const adjusted = new Map([
    ...plan.families.flatMap((family, f) =>
      family.comparisons.map((id, at) => [id, planned[f]![at]!] as const),
    ),
    ...others.map(({ id }, at) => [id, explored[at]!] as const),
  ]);
  return comparisons.map((one) => {
    const test = tested.get(one.id)!;
    const correction = test.status === 'exploratory' ? 'benjamini-hochberg' : 'gatekeeping-holm';
    return { ...one, question: { ...test, pAdjusted: adjusted.get(one.id) ?? null, correction } };
  });
}

function testOf(comparison: Unasked, plan: EffectivePlan, level: number): Tested {
  const at = plan.families.findIndex(({ comparisons }) => comparisons.includes(comparison.id));
  const asked = plan.margins.find((one) => one.comparison === comparison.id);
  const figure = askedFigure({ ...comparison, question: plan });
  const margin = asked && figure ? marginOf(figure, asked, level) : null;
  return {
    status: at < 0 ? 'exploratory' : at === 0 ? 'primary' : 'secondary',
    family: plan.families[at]?.name ?? null,
    sites: plan.sites,
    p: asked ? margin && Math.min(1, 2 * margin.pOneSided) : (figure?.answer?.pTwoSided ?? null),
    margin,
  };
}

function marginOf(
  { answer }: PooledFigure,
  { question, margin }: EffectivePlan['margins'][number],
  level: number,
): PlannedQuestion['margin'] {
  if (answer === null) return null;
  const { estimate, standardError: se, df } = answer;
  const { pOneSided, established } = marginTest({ estimate, se, df }, question, margin, level);
  return { question, margin, pOneSided, established };
}
