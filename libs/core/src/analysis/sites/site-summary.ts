// What a site brought to a run, in counts.
import type { SiteSummary } from '../../contract/index.ts';
import type { PoolingInput } from '../pooling-input.ts';
import { qualificationOf } from './qualified-reports.ts';

type SiteIdentity = PoolingInput['sites'][number];

/** All counts are 0 until the site has reported. */
export function summariseSite(
  { site, siteName, role, refusal }: SiteIdentity,
  input: Pick<PoolingInput, 'document' | 'reports' | 'verdicts'>,
): SiteSummary {
  const result = input.reports.find((report) => report.site === site)?.result;
  return {
    site,
    siteName,
    role,
    reported: result !== undefined,
    qualification: qualificationOf(site, input),
    refusal: refusal ?? null,
    imagesEvaluated: result?.images.evaluated.images ?? 0,
    imagesSkipped: result?.images.skipped.reduce((sum, { images }) => sum + images, 0) ?? 0,
    imagesWithMarker: result?.markers.images ?? 0,
    inertInpainted: result?.inert.inpainted ?? 0,
    inertClipped: result?.inert.clipped ?? 0,
  };
}
