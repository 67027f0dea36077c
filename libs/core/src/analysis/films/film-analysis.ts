// Means over films of a classifier, site by site, and over the films of all sites together.
import type {
  BinaryResult,
  CamAnalysis,
  CamResult,
  PooledMoments,
  ProtocolDocument,
  SegmentationAnalysis,
  ShareMoments,
} from '../../contract/index.ts';
import type { SiteReport } from '../pooling-input.ts';

type Arm = CamAnalysis['arm'];
type Entry = SiteReport['result']['classifiers'][number];
type SiteShare = CamAnalysis['marker']['sites'][number];

/** Undefined when no report holds a segmentation of it. @param sha256 of the classifier, as reports name it */
export function analyseSegmentation(
  classifier: string,
  sha256: string,
  { arms }: ProtocolDocument,
  reports: readonly SiteReport[],
): SegmentationAnalysis | undefined {
  if (!holds(reports, sha256, (entry) => entry.kind === 'binary' && entry.segmentation !== undefined))
    return undefined;
  const from = (
    pick: (of: NonNullable<BinaryResult['segmentation']>, arms: readonly Arm[]) => ShareMoments | undefined,
  ) =>
    sharesOf(reports, sha256, (entry) =>
      entry.kind === 'binary' && entry.segmentation ? pick(entry.segmentation, entry.arms) : undefined,
    );
  const dice = arms.map((arm) => ({ arm, ...from((of, known) => of.dice[known.indexOf(arm)]) }));
  if (dice.every(({ sites }) => sites.length === 0)) return undefined;
  const pairs = arms.flatMap((b, at) => arms.slice(0, at).map((a) => ({ a, b })));
  const differences = pairs.map(({ a, b }) => ({
    a,
    b,
    ...from((of) => of.differences.find((one) => one.a === a && one.b === b)?.dice),
  }));
  return { classifier, dice, differences };
}

/** One for each arm on which some report holds activation maps of it. */
export function analyseCam(
  classifier: string,
  sha256: string,
  { arms }: ProtocolDocument,
  reports: readonly SiteReport[],
): CamAnalysis[] {
  if (!holds(reports, sha256, (entry) => camOf(entry) !== undefined)) return [];
  return arms.flatMap((arm) => {
    const share = (name: 'marker' | 'lesion' | 'elsewhere') =>
      sharesOf(reports, sha256, (entry) => camOf(entry)?.[name][entry.arms.indexOf(arm)]);
    const [marker, lesion, elsewhere] = [share('marker'), share('lesion'), share('elsewhere')];
    return elsewhere.sites.length > 0 ? [{ classifier, arm, marker, lesion, elsewhere }] : [];
  });
}

function holds(reports: readonly SiteReport[], sha256: string, has: (entry: Entry) => boolean): boolean {
  return reports.some(({ result }) =>
    result.classifiers.some((entry) => entry.classifier === sha256 && has(entry)),
  );
}

function camOf(entry: Entry): CamResult | undefined {
  return entry.kind === 'withheld' ? undefined : entry.cam;
}

function sharesOf(
  reports: readonly SiteReport[],
  sha256: string,
  pick: (entry: Entry) => ShareMoments | undefined,
): { sites: SiteShare[]; pooled: PooledMoments } {
  const sites = reports.flatMap(({ site, siteName, payloadDigest, result }): SiteShare[] => {
    const entry = result.classifiers.find(({ classifier }) => classifier === sha256);
    const value = entry && pick(entry);
    return value ? [{ site, siteName, payloadDigest, value }] : [];
  });
  return { sites, pooled: pooledMoments(sites.map(({ value }) => value)) };
}

/** Sum of n times mean over sum of n; the variance is of the films about the mean of their own site. */
export function pooledMoments(values: readonly ShareMoments[]): PooledMoments {
  const known = values.flatMap((value) =>
    value.kind === 'moments' && value.films.images > 0 ? [value] : [],
  );
  if (known.length === 0) return null;
  const images = known.reduce((sum, { films }) => sum + films.images, 0);
  const mean = known.reduce((sum, one) => sum + one.films.images * one.mean, 0) / images;
  const within = known.reduce((sum, { films, variance }) => sum + (films.images - 1) * variance, 0);
  const freedom = images - known.length;
  return { sites: known.length, images, mean, variance: freedom > 0 ? within / freedom : null };
}
