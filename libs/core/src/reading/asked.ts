// Which sites a question is about, and which pooled figure answers it: one definition for the p values, the pages and paper.
import type { ComparisonAnalysis, EffectivePlan, PooledFigure, SiteScope } from '../contract/index.ts';

interface Scoped {
  readonly question: { readonly sites: SiteScope };
}

/** The figure over the sites that the plan asks about; null: none of them reported. */
export function askedFigure({
  question: { sites },
  meta,
  groups,
}: Scoped & Pick<ComparisonAnalysis, 'meta' | 'groups'>): PooledFigure | null {
  return sites === 'all' ? meta : groups[sites];
}

/** Is a site, by its name, internal to one of these classifiers? */
export function internalTo(
  { internal }: Pick<EffectivePlan, 'internal'>,
  classifiers: readonly string[],
): (siteName: string) => boolean {
  const own = internal.filter(({ classifier }) => classifiers.includes(classifier));
  const names = new Set(own.flatMap(({ sites }) => sites));
  return (siteName) => names.has(siteName);
}

/** Is the comparison about a site, by its name? */
export function isAsked(
  { a, b, question: { sites } }: Scoped & Pick<ComparisonAnalysis, 'a' | 'b'>,
  plan: Pick<EffectivePlan, 'internal'>,
): (siteName: string) => boolean {
  if (sites === 'all') return () => true;
  const internal = internalTo(plan, [a.classifier, b.classifier]);
  return (siteName) => internal(siteName) === (sites === 'internal');
}
